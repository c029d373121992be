import { created, person } from '../../../kit/room/foundings.ts';
import { roomDriver } from '../../../kit/room/room-driver.ts';

const asSession = (sessionId: string) => ({ userId: `user-${sessionId}`, sessionId });
const asUser = (sessionId: string) => ({ userId: `user-${sessionId}`, sessionId: null });
const inRoom = () => roomDriver(created('a')).enter('a', 'b');

test('the host may seal and unseal, over their socket or by their user alone', () => {
  const room = inRoom();
  expect(room.sealBy(asSession('a'))).toBeNull();
  expect(room.room.sealedBy).toBe('host');
  expect(room.sealBy(asUser('a'), false)).toBeNull();
  expect(room.room.sealedBy).toBeNull();
  expect(room.refusalOf('c')).toBeNull();
});

test('the game’s backend may, for any host', () => {
  expect(inRoom().sealBy(null)).toBeNull();
});

test('nobody else may: another member, a stranger', () => {
  const room = inRoom();
  expect(room.sealBy(asSession('b'))).toBe('not-host');
  expect(room.sealBy(asUser('b'))).toBe('not-host');
  expect(room.sealBy(asUser('x'))).toBe('not-host');
  expect(room.room.sealedBy).toBeNull();
});

test('the host’s user may from another socket, as when they are away', () => {
  expect(inRoom().sealBy({ userId: person('a').userId })).toBeNull();
});

test('nobody is host of a room that has none yet', () => {
  const room = roomDriver(created('a')).seat('a').join('a');
  expect(room.sealBy(asSession('a'))).toBe('not-host');
});

test('a room below min_players is not sealed, and how many are missing is said', () => {
  const room = roomDriver(created('a'), { rules: { minPlayers: 3 } })
    .enter('a', 'b')
    .seat('c')
    .join('c');
  expect(room.sealBy(asSession('a'))).toBe('too-few-players');
  expect(room.sealBy(null)).toBe('too-few-players');
  expect(room.changed).toBe(false);
  expect(room.hear('c').sealBy(asSession('a'))).toBeNull();
});

test('a sealed room that has become smaller can be opened again', () => {
  const room = inRoom();
  room.sealBy(null);
  expect(room.leave('b').sealBy(asSession('a'), false)).toBeNull();
});

test('after the host left there is nothing to seal or to open', () => {
  const room = inRoom();
  room.sealBy(null);
  room.leave('a');
  expect(room.sealBy(null, false)).toBe('host-left');
  expect(room.sealBy(asSession('a'), false)).toBe('not-host');
});

test('a shutdown seals any room for good', () => {
  const room = inRoom().shutDown();
  expect(room.room.sealedBy).toBe('shutdown');
  expect(room.sealBy(asSession('a'), false)).toBe('match-sealed');
  expect(room.sealBy(null, true)).toBe('match-sealed');
});

test('members who have a seat come in while the room is sealed', () => {
  const room = inRoom().seat('c');
  room.sealBy(null);
  expect(room.join('c').hear('c').peerIds).toEqual({ a: 1, b: 2, c: 3 });
});
