import { created, matched } from '../../../kit/room/foundings.ts';
import { type RoomDriver, roomDriver } from '../../../kit/room/room-driver.ts';
import type { Rules } from '../../../src/room/room.ts';

/** `a`, `b` and `c`, who announced themselves; `x` did not. */
function threeInRoom(rules: Partial<Rules> = {}, version: string | null = null): RoomDriver {
  const room = roomDriver(created('a'), { rules: { onHostLeft: 'migrate', ...rules }, version });
  for (const one of ['a', 'b', 'c']) room.announced.add(one);
  room.enter('a', 'b', 'c').report('a', 'b', 'connected').report('b', 'a', 'connected');
  return room;
}

const lastView = (room: RoomDriver) => room.snapshots.at(-1)?.view;
const seatsIn = (room: RoomDriver) => room.room.seats.map(({ sessionId, peerId }) => `${sessionId}${peerId}`);

test('comes back to the same seat and peer id, and is told as at first', () => {
  const room = threeInRoom().disconnect('b').comeBack('b.1', 'b', 2);
  expect(seatsIn(room)).toEqual(['a1', 'b.12', 'c3']);
  expect(room.told).toEqual(['9002 to b.1: b.12 a1 c3']);
  expect(room.snapshots.at(-1)).toMatchObject({
    newcomers: [{ sessionId: 'b.1' }],
    to: [{ sessionId: 'a' }, { sessionId: 'c' }],
  });
  expect(lastView(room)?.players[1]).toMatchObject({
    sessionId: 'b.1',
    peerId: 2,
    generation: 0,
    awaySec: null,
  });
});

test('comes back before the loss of the old socket is known, which is told and put out in the attempt', () => {
  const room = threeInRoom();
  expect(room.resume('b.1', 'b', 2)).toBeNull();
  expect(room.told).toEqual(['9003 to b: resumed-elsewhere', 'kick b']);
  const { length } = room.snapshots;
  room.leave('b').disconnect('b').join('b.1').hear('b.1');
  expect(room.snapshots).toHaveLength(length + 1);
  expect(seatsIn(room)).toEqual(['a1', 'b.12', 'c3']);
});

test.each(['left', 'disconnected'] as const)('the late word that the old socket %s moves no seat', (type) => {
  const room = threeInRoom().comeBack('b.1', 'b', 2);
  const { length } = room.snapshots;
  room.happen({ type, sessionIds: ['b'] });
  expect(room.changed).toBe(false);
  expect(room.snapshots).toHaveLength(length);
});

test.each([
  ['while they are away', (room: RoomDriver) => room.disconnect('b')],
  ['while they are here', (room: RoomDriver) => room],
])('another user cannot, %s, and nobody hears of it', (_when, bring) => {
  const room = bring(threeInRoom());
  expect(room.resume('x', 'x', 2)).toBe('seat-gone');
  expect([room.changed, room.all]).toEqual([false, []]);
});

test.each([
  ['a seat that nobody ever had', (room: RoomDriver) => room.resume('b.1', 'b', 7)],
  ['a seat that was left', (room: RoomDriver) => room.leave('b').resume('b.1', 'b', 2)],
  [
    'a seat whose time is over',
    (room: RoomDriver) => room.disconnect('b').elapseUntil(30, 'a', 'c').resume('b.1', 'b', 2),
  ],
])('%s is gone', (_which, resume) => {
  expect(resume(threeInRoom())).toBe('seat-gone');
});

test('passes what closes the room to others: it is sealed, and full', () => {
  const room = threeInRoom({ maxPlayers: 3 }).disconnect('b');
  expect(room.sealBy(null)).toBe('links-pending');
  room.command(null, { name: 'seal', sealed: true, force: true, term: null });
  expect(room.refusalOf('x')).toBe('match-sealed');
  expect(room.resume('b.1', 'b', 2)).toBeNull();
});

test('does not pass with another client version', () => {
  const room = threeInRoom({}, '1.0').disconnect('b');
  const candidate = {
    ...{ sessionId: 'b.1', userId: 'user-b', username: 'b', node: 'node' },
    ...{ versions: ['2.0'], announced: true, can: [], resumption: { peerId: 2, fresh: false } },
    password: 'none' as const,
  };
  expect(room.happen({ type: 'attempted', candidate }).refusal?.code).toBe('version-mismatch');
});

test('what was sent to them while they were away comes after the snapshot, once and in its order', () => {
  const room = threeInRoom().disconnect('b').send('a', 'b', '1').send('c', 'b', '2').send('a', 'b', '3');
  expect(room.told).toEqual([]);
  room.comeBack('b.1', 'b', 2);
  const kinds = room.all.map(({ type }) => type);
  expect(kinds).toEqual(['join-success', 'snapshot', 'data', 'data', 'data']);
  expect(room.told.slice(1)).toEqual(['a → b.1: 1', 'c → b.1: 2', 'a → b.1: 3']);
  room.elapse('a', 'b.1', 'c');
  expect(room.told).toEqual([]);
});

test('who does not know the new session yet still reaches them by the old one', () => {
  const room = threeInRoom().comeBack('b.1', 'b', 2).send('a', 'b', 'late');
  expect(room.told).toEqual(['a → b.1: late']);
});

test('of a client that lost its connections, the generation rises, and what waited from before is gone', () => {
  const room = threeInRoom().disconnect('b').send('a', 'b', 'old');
  room.comeBack('b.1', 'b', 2, true);
  expect(room.told).toEqual(['9002 to b.1: b.12 a1 c3']);
  expect(lastView(room)?.players[1]).toMatchObject({ sessionId: 'b.1', generation: 1 });
  expect(lastView(room)?.links.map(({ state }) => state)).toEqual(['connecting', 'connecting', 'connecting']);
  room.send('a', 'b', 'to the old one');
  expect([room.told, room.traffic.dropped]).toEqual([[], { 'no-such-target': 1 }]);
});

test('nobody hears of a reload before the client is in again', () => {
  const room = threeInRoom();
  const { length } = room.snapshots;
  room.resume('b.1', 'b', 2, true);
  expect(room.snapshots).toHaveLength(length);
  room.enter('x');
  expect(lastView(room)?.players[1]).toMatchObject({ sessionId: 'b', generation: 0, awaySec: null });
  room.join('b.1').hear('b.1');
  expect(lastView(room)?.players[1]).toMatchObject({ sessionId: 'b.1', generation: 1, awaySec: null });
});

test('whoever is accepted and does not come is away again, for as long as before', () => {
  const room = threeInRoom({ seatTicks: 3 }).disconnect('b');
  room.at(10).resume('b.1', 'b', 2);
  room.elapseUntil(29, 'a', 'c');
  expect(room.member('b.1')?.stage).toBe('away');
  expect(room.elapse('a', 'c').member('b.1')).toBeNull();
});

test('whoever loses the new socket, too, comes back by a third', () => {
  const room = threeInRoom()
    .disconnect('b')
    .comeBack('b.1', 'b', 2)
    .disconnect('b.1')
    .comeBack('b.2', 'b', 2);
  expect(seatsIn(room)).toEqual(['a1', 'b.22', 'c3']);
  expect(room.send('a', 'b', 'by the first name').told).toEqual(['a → b.2: by the first name']);
});

test('of two devices the last one wins', () => {
  const room = threeInRoom().comeBack('b.1', 'b', 2);
  room.resume('b.2', 'b', 2);
  expect(room.told).toEqual(['9003 to b.1: resumed-elsewhere', 'kick b.1']);
  room.join('b.2').hear('b.2');
  expect(seatsIn(room)).toEqual(['a1', 'b.22', 'c3']);
});

test('a socket that sits on a seat cannot take another of the same user', () => {
  const room = threeInRoom();
  room.announced.add('d');
  room.enter({ ...{ sessionId: 'd', userId: 'user-b', username: 'b', node: 'node' } });
  expect(room.resume('d', 'b', 2)).toBe('bad-request');
});

test('who is not announced takes the returner for somebody new', () => {
  const room = threeInRoom().enter('x').disconnect('b').comeBack('b.1', 'b', 2);
  expect(room.told).toEqual(['9002 to b.1: b.12 a1 c3 x4', '9002 to x: x4 a1 b.12 c3']);
});

test('a matched player is still one of the invited', () => {
  const room = roomDriver(matched('a', 'b'), { language: null });
  room.announced.add('a').add('b');
  room.enter('a', 'b').report('a', 'b', 'connected').disconnect('b').comeBack('b.1', 'b', 2);
  room.elapseUntil(room.room.rules.noShowTicks + 1, 'a', 'b.1');
  expect(seatsIn(room)).toEqual(['a1', 'b.12']);
  expect(room.sent.filter(({ type }) => type === 'kick')).toEqual([]);
});

test('a closed room lets its own players back in', () => {
  const room = threeInRoom({ onHostLeft: 'close' }).disconnect('b').leave('a');
  expect(room.hostLeft).toBe(true);
  room.comeBack('b.1', 'b', 2);
  expect(seatsIn(room)).toEqual(['b.12', 'c3']);
});
