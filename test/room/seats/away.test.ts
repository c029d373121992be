import { adoptedBy, created, matched } from '../../../kit/room/foundings.ts';
import { type RoomDriver, roomDriver } from '../../../kit/room/room-driver.ts';
import { labelOf } from '../../../src/room/label-of.ts';
import { phaseOf } from '../../../src/room/phase.ts';
import type { Rules } from '../../../src/room/room.ts';

const EVERYBODY = ['a', 'b', 'c', 'd'];

/** Those in `who` are in and announced, and all are linked with `a`. */
function roomOf(who: readonly string[], rules: Partial<Rules> = {}): RoomDriver {
  const room = roomDriver(created('a'), { rules: { onHostLeft: 'migrate', ...rules } });
  for (const one of EVERYBODY) room.announced.add(one);
  room.enter(...who);
  for (const one of who.slice(1)) room.report('a', one, 'connected').report(one, 'a', 'connected');
  return room;
}

const awayIn = (room: RoomDriver) =>
  (room.snapshots.at(-1)?.view.players ?? [])
    .filter(({ awaySec }) => awaySec !== null)
    .map(({ sessionId, peerId, awaySec }) => `${sessionId}${peerId} ${awaySec}`);

test('a lost socket leaves the seat, and the others are told for how long', () => {
  const room = roomOf(['a', 'b', 'c']).disconnect('b');
  expect(room.member('b')).toMatchObject({ peerId: 2, stage: 'away' });
  expect(awayIn(room)).toEqual(['b2 30']);
  expect(room.told).toEqual([]);
});

test('a second word of the same loss changes nothing', () => {
  const room = roomOf(['a', 'b']).enter('x').disconnect('a');
  expect(room.disconnect('a').changed).toBe(false);
});

test('a leave frees the seat at once', () => {
  const room = roomOf(['a', 'b']).leave('b');
  expect(room.member('b')).toBeNull();
  expect(room.snapshots.at(-1)?.view.players).toHaveLength(1);
});

test.each([
  ['whoever is not announced', () => roomOf(['a']).enter('x').disconnect('x').member('x')],
  ['in a room that keeps none', () => roomOf(['a', 'b'], { awayTicks: 0 }).disconnect('b').member('b')],
  ['before they are in', () => roomOf(['a']).seat('b').join('b').disconnect('b').member('b')],
])('no seat is kept of %s', (_whose, member) => {
  expect(member()).toBeNull();
});

test('an addon’s room keeps no seats', () => {
  const room = roomDriver(adoptedBy('a'), { language: null });
  room.announced.add('b');
  room.seat('b').join('b').grant('a', { a: 1, b: 2 }).hear('b');
  expect(room.member('b')?.stage).toBe('introduced');
  expect(room.disconnect('b').member('b')).toBeNull();
});

test('matched players keep their seats while all of them are announced', () => {
  const room = roomDriver(matched('a', 'b', 'c'), { language: null });
  room.announced.add('a').add('b');
  room.enter('a', 'b').disconnect('b');
  expect(room.member('b')?.stage).toBe('away');
  room.enter('c').elapse('a', 'c');
  expect(room.member('b')).toBeNull();
});

test('a seat is given up when its time is over, and not before', () => {
  const room = roomOf(['a', 'b', 'c']).at(5).disconnect('b').elapseUntil(34, 'a', 'c');
  expect(room.member('b')?.stage).toBe('away');
  room.elapse('a', 'c');
  expect(room.member('b')).toBeNull();
  expect(room.snapshots.at(-1)?.view.players.map(({ peerId }) => peerId)).toEqual([1, 3]);
});

test('it is kept for longer where the game was in the background, but once only', () => {
  const room = roomOf(['a', 'b']).status('b', { background: true }).disconnect('b');
  expect(awayIn(room)).toEqual(['b2 120']);
  room.comeBack('b.1', 'b', 2).status('b.1', { background: true }).disconnect('b.1');
  expect(awayIn(room)).toEqual(['b.12 30']);
});

test('it is kept shortly of who said that their page goes away', () => {
  expect(awayIn(roomOf(['a', 'b']).status('b', { leaving: true }).disconnect('b'))).toEqual(['b2 8']);
});

test('and when that word comes after the loss', () => {
  const room = roomOf(['a', 'b']).disconnect('b').status('b', { leaving: true });
  expect(awayIn(room)).toEqual(['b2 8']);
});

test('it is kept shortly of who never had a link', () => {
  const room = roomOf(['a']).enter('b').disconnect('b');
  expect(awayIn(room)).toEqual(['b2 8']);
});

test('whoever is away counts for max_players and for nothing else', () => {
  const room = roomOf(['a', 'b', 'c'], { maxPlayers: 3 })
    .report('b', 'c', 'connected')
    .report('c', 'b', 'connected');
  room.disconnect('c');
  expect(room.refusalOf('x')).toBe('match-full');
  expect(labelOf(room.room)).toMatchObject({ players: 2, openSeats: 0 });
  expect(room.snapshots.at(-1)?.view.connected).toBe(true);
  expect(room.sealBy({ userId: 'user-a' })).toBeNull();
});

test('a room has too few to play while they are away', () => {
  const room = roomOf(['a', 'b']).disconnect('b');
  expect(phaseOf(room.room)).toBe('gathering');
  expect(room.sealBy({ userId: 'user-a' })).toBe('too-few-players');
});

test('nobody new is told to connect to them by a 9002', () => {
  const room = roomOf(['a', 'b']).disconnect('b').enter('c');
  expect(room.sent.filter(({ to }) => to.sessionId === 'c').at(-1)).toMatchObject({
    type: 'join-success',
    players: [{ sessionId: 'c' }, { sessionId: 'a' }],
  });
  expect(awayIn(room)).toEqual(['b2 30']);
});

test('with everybody away the room lives until the last seat’s time is over', () => {
  const room = roomOf(['a', 'b']).disconnect('a').at(10).disconnect('b').at(0).elapseUntil(39);
  expect(room.room.seats.map(({ sessionId }) => sessionId)).toEqual(['b']);
  expect(phaseOf(room.room)).not.toBe('closed');
  room.elapse();
  expect(room.room.seats).toEqual([]);
  expect(phaseOf(room.room)).toBe('closed');
});

test('what others say of links to them stands', () => {
  const room = roomOf(['a', 'b']).disconnect('b');
  expect(room.snapshots.at(-1)?.view.links).toMatchObject([{ a: 'a', b: 'b', state: 'connected' }]);
  room.report('a', 'b', 'failed').elapse('a');
  expect(room.snapshots.at(-1)?.view.links).toMatchObject([{ a: 'a', b: 'b', state: 'failed' }]);
});
