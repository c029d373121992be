import { created, matched, person, RULES } from '../../../kit/room/foundings.ts';
import { roomDriver } from '../../../kit/room/room-driver.ts';
import { forgetUses } from '../../../src/room/messages/received.ts';
import type { DropReason } from '../../../src/room/messages/traffic.ts';

const inRoom = () => roomDriver(created('a')).enter('a', 'b', 'c');
const offerTo = (target: string) => ({ kind: 'description', target }) as const;

test('a message goes to its target only, as it came, with its sender as they are', () => {
  const room = inRoom().send('b', 'c', 'eyJ9 as it came');
  expect(room.out).toEqual([
    {
      type: 'data',
      to: room.member('c'),
      from: room.member('b'),
      opCode: 9001,
      reliable: true,
      payload: 'eyJ9 as it came',
    },
  ]);
  expect(room.member('b')).toMatchObject(person('b'));
});

test('relaying leaves the room as it is and counts', () => {
  const room = inRoom().send('b', 'c').send('c', 'b');
  expect(room.changed).toBe(false);
  expect(room.traffic).toMatchObject({ relayed: 2, dropped: {} });
});

test.each(['description', 'candidate', 'reconnect'] as const)('a %s is relayed', (kind) => {
  expect(inRoom().send('a', 'b', 'x', { method: { kind, target: 'b' } }).told).toEqual(['a → b: x']);
});

test('a matched room relays as well', () => {
  expect(roomDriver(matched('a', 'b')).enter('a', 'b').send('b', 'a').told).toEqual(['b → a: hello']);
});

test.each<[DropReason, Parameters<ReturnType<typeof inRoom>['receive']>[0]]>([
  ['not-a-member', { from: 'x', method: offerTo('a') }],
  ['unknown-opcode', { from: 'a', opCode: 9002 }],
  ['unknown-opcode', { from: 'a', opCode: 9003 }],
  ['oversized', { from: 'a', bytes: RULES.maxMessageBytes + 1, method: offerTo('b') }],
  ['malformed', { from: 'a', method: null }],
  ['self-target', { from: 'a', method: offerTo('a') }],
  ['no-such-target', { from: 'a', method: offerTo('x') }],
])('drops and counts as %s: %j', (reason, message) => {
  const room = inRoom();
  const { peerIds } = room;
  expect(room.receive(message).receive(message).out).toEqual([]);
  expect(room.traffic).toMatchObject({ relayed: 0, dropped: { [reason]: 2 } });
  expect(room.changed).toBe(false);
  expect(room.peerIds).toEqual(peerIds);
});

test('a message of exactly the largest size is relayed', () => {
  expect(inRoom().send('a', 'b', 'x', { bytes: RULES.maxMessageBytes }).told).toEqual(['a → b: x']);
});

test('somebody who has left neither sends nor receives', () => {
  const room = inRoom().leave('c').send('c', 'a').send('a', 'c');
  expect(room.traffic.dropped).toEqual({ 'not-a-member': 1, 'no-such-target': 1 });
});

test('goes on after the room is sealed, after the host left, and while the server shuts down', () => {
  const room = inRoom();
  room.sealBy(null);
  expect(room.send('b', 'c').told).toEqual(['b → c: hello']);
  room.leave('a').shutDown();
  expect(room.send('c', 'b').told).toEqual(['c → b: hello']);
});

test('a dropped message confirms its sender all the same', () => {
  const room = roomDriver(created('a')).seat('a').join('a').receive({ from: 'a', opCode: 9010 });
  expect(room.told).toEqual(['9002 to a: a1']);
  expect(room.traffic.dropped).toEqual({ 'unknown-opcode': 1 });
});

test('the budgets of those who left are forgotten, and nothing changes while all are here', () => {
  const room = inRoom().send('a', 'b').send('b', 'a');
  const { traffic } = room;
  expect(forgetUses(traffic, room.room)).toBe(traffic);
  expect(forgetUses(traffic, room.leave('a').room).uses.map(({ seat }) => seat)).toEqual([2]);
});
