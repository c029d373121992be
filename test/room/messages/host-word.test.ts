import { adoptedBy, created } from '../../../kit/room/foundings.ts';
import { type RoomDriver, roomDriver } from '../../../kit/room/room-driver.ts';
import { watchedOf } from '../../../src/room/clock.ts';
import { phaseOf } from '../../../src/room/phase.ts';

const inRoom = () => roomDriver(adoptedBy('h')).hear('h');
const dropped = (room: ReturnType<typeof roomDriver>) => room.traffic.dropped;

test('an adopted room has its host in it from the start, as peer 1', () => {
  const room = roomDriver(adoptedBy('h'));
  expect(room.peerIds).toEqual({ h: 1 });
  expect(room.member('h')).toMatchObject({ stage: 'joined' });
  expect(phaseOf(room.room)).toBe('gathering');
});

test('a joiner waits for the host’s word, and is told then; the host is not told', () => {
  const room = inRoom().enter('b');
  expect(room.told).toEqual([]);
  expect(room.grant('h', { h: 1, b: 2 }).told).toEqual(['9002 to b: b2 h1']);
  expect(room.peerIds).toEqual({ h: 1, b: 2 });
});

test('the host’s word waits for the joiner’s confirmation', () => {
  const room = inRoom().seat('b').join('b').grant('h', { h: 1, b: 2 });
  expect(room.told).toEqual([]);
  expect(room.hear('b').told).toEqual(['9002 to b: b2 h1']);
});

test('those who were here are told of a newcomer after them', () => {
  const room = inRoom().enter('b').grant('h', { h: 1, b: 2 }).enter('c').grant('h', { h: 1, b: 2, c: 3 });
  expect(room.told).toEqual(['9002 to c: c3 h1 b2', '9002 to b: b2 h1 c3']);
});

test('a word that is repeated changes nobody', () => {
  const room = inRoom().enter('b').grant('h', { h: 1, b: 2 }).grant('h', { h: 1, b: 2 });
  expect(room.told).toEqual([]);
  expect(room.peerIds).toEqual({ h: 1, b: 2 });
});

test.each([
  ['without the host', { b: 2 }],
  ['with the host under another id', { h: 2, b: 3 }],
  ['with two of one id', { h: 1, b: 2, c: 2 }],
  ['with an id that cannot be', { h: 1, b: 0 }],
  ['with an id beyond 31 bits', { h: 1, b: 2 ** 31 }],
])('a word %s is inconsistent and counts for nothing', (_title, ids) => {
  const room = inRoom().enter('b', 'c').grant('h', ids);
  expect([room.told, room.peerIds]).toEqual([[], { h: 1 }]);
  expect(dropped(room)).toEqual({ inconsistent: 1 });
});

test('nobody gets an id that was given before, or another than they have', () => {
  const room = inRoom().enter('b').grant('h', { h: 1, b: 2 }).enter('c');
  expect(dropped(room.grant('h', { h: 1, b: 3, c: 4 }))).toEqual({ inconsistent: 1 });
  room.leave('b');
  expect(dropped(room.grant('h', { h: 1, c: 2 }))).toEqual({ inconsistent: 2 });
  expect(room.grant('h', { h: 1, c: 3 }).peerIds).toEqual({ h: 1, c: 3 });
});

test('those whom the host lists and who are gone are left out', () => {
  const room = inRoom().enter('b').grant('h', { h: 1, x: 2, b: 3 });
  expect(room.told).toEqual(['9002 to b: b3 h1']);
});

test('the host’s version is the room’s, and they cannot change it', () => {
  const room = inRoom().enter('b').grant('h', { h: 1, b: 2 }, '1.0');
  expect(room.room.version).toBe('1.0');
  expect(room.refusalOf('c', '2.0')).toBe('version-mismatch');
  expect(dropped(room.grant('h', { h: 1, b: 2 }, '2.0'))).toEqual({ inconsistent: 1 });
});

test('a joiner whose known version is another than the host’s is sent away', () => {
  const room = inRoom();
  room.attempt('b', '2.0');
  room.join('b').hear('b').grant('h', { h: 1, b: 2 }, '1.0');
  expect(room.told).toEqual(['9003 to b: version-mismatch', 'kick b']);
});

test.each([
  ['the match is full', null, 'match-full'],
  ['no', 1, 'match-full'],
  ['it has begun', null, 'match-sealed'],
  ['no', 0, 'match-sealed'],
  ['no', 2, 'version-mismatch'],
  ['no', null, 'not-invited'],
])('a joiner whom the host refuses (%j, %j) is sent away as %s', (reason, code, expected) => {
  const room = inRoom().enter('b').refuse('h', 'b', reason, code);
  expect(room.told).toEqual([`9003 to b: ${expected}`, 'kick b']);
  expect(room.out[0]).toMatchObject({ reason });
});

test('a refusal reaches the joiner once they are confirmed, though some hosts list them all the same', () => {
  const room = inRoom().seat('b').join('b').refuse('h', 'b', 'full').grant('h', { h: 1, b: 2 });
  expect(room.sent).toEqual([]);
  expect(room.hear('b').told).toEqual(['9003 to b: match-full', 'kick b']);
  expect(room.peerIds).toEqual({ h: 1 });
});

test('ids that the host gave to those who are gone are given all the same', () => {
  const room = inRoom().enter('b').grant('h', { h: 1, b: 2, x: 5 }).enter('c');
  expect(dropped(room.grant('h', { h: 1, b: 2, c: 4 }))).toEqual({ inconsistent: 1 });
  expect(room.grant('h', { h: 1, b: 2, c: 6 }).peerIds).toEqual({ h: 1, b: 2, c: 6 });
});

test('the host says who is a spectator', () => {
  const players = [
    { sessionId: 'h', peerId: 1, spectator: false },
    { sessionId: 'b', peerId: 2, spectator: true },
    { sessionId: 'c', peerId: 3, spectator: false },
  ];
  const room = inRoom().enter('b', 'c').say('h', { type: 'join-success', clientVersion: 'dev', players });
  expect(room.room.seats.map(({ spectator }) => spectator)).toEqual([false, true, false]);
});

test.each([
  ['A', null, 'A'],
  ['A', 'C', 'C'],
  ['R', null, 'A'],
  ['plain', null, 'A'],
  [null, 'R', 'R'],
] as const)('a room that heard %s speaks, after its host’s word in %s, %s', (heard, dialect, expected) => {
  const room = inRoom().enter('b');
  room.alter((before) => ({ ...before, language: heard }));
  expect(room.grant('h', { h: 1, b: 2 }, 'dev', dialect).room.language).toBe(expected);
});

test('a host who contradicts their own version changes nothing', () => {
  const room = inRoom().enter('b').grant('h', { h: 1, b: 2 }, '1.0').grant('h', { h: 1, b: 2 }, '2.0', 'C');
  expect([room.room.language, room.room.version]).toEqual(['A', '1.0']);
});

test('another refusal does not seal, and none undoes a shutdown', () => {
  expect(inRoom().enter('b').refuse('h', 'b', 'full').room.sealedBy).toBeNull();
  const room = inRoom().enter('b').shutDown().refuse('h', 'b', 'it has begun');
  expect(room.room.sealedBy).toBe('shutdown');
});

test('that the game has begun holds for all who would come after', () => {
  const room = inRoom().enter('b').refuse('h', 'b', 'it has begun', 0);
  expect(room.refusalOf('c')).toBe('match-sealed');
});

test('whom the host refuses later is sent away, and the others are told', () => {
  const room = inRoom().enter('b', 'c').grant('h', { h: 1, b: 2, c: 3 }).refuse('h', 'b', 'no');
  expect(room.told.slice(0, 2)).toEqual(['9003 to b: not-invited', 'kick b']);
  expect(room.peerIds).toEqual({ h: 1, c: 3 });
});

test('what a host says of a joiner is kept once, and not longer than they are here', () => {
  const verdicts = ({ room: { seats } }: RoomDriver) =>
    ['granted', 'refused'].map((kind) => seats.filter(({ verdict }) => verdict?.kind === kind).length);
  const room = inRoom().seat('b').refuse('h', 'b', 'no').refuse('h', 'b', 'no');
  expect(verdicts(room)).toEqual([0, 1]);
  expect(verdicts(room.join('b').hear('b'))).toEqual([0, 0]);
  expect(verdicts(room.seat('c').grant('h', { h: 1, c: 2 }))).toEqual([1, 0]);
  expect(verdicts(room.leave('c'))).toEqual([0, 0]);
});

test('the host refuses neither themselves nor strangers', () => {
  const room = inRoom().refuse('h', 'h', 'no').refuse('h', 'x', 'no');
  expect(dropped(room)).toEqual({ inconsistent: 2 });
});

test('nobody else has a word, and no host of a room that gives ids itself', () => {
  const room = inRoom().enter('b', 'c').grant('b', { h: 1, b: 2 }).refuse('b', 'c', 'no');
  expect([room.peerIds, dropped(room)]).toEqual([{ h: 1 }, { 'unknown-opcode': 2 }]);
  const made = roomDriver(created('a')).enter('a', 'b').grant('a', { a: 1, b: 7 }).refuse('a', 'b', 'no');
  expect([made.peerIds, dropped(made)]).toEqual([{ a: 1, b: 2 }, { 'unknown-opcode': 2 }]);
});

test('messages between host and joiner wait for the host’s word', () => {
  const room = inRoom().enter('b').send('h', 'b', 'early');
  expect(room.told).toEqual([]);
  expect(room.grant('h', { h: 1, b: 2 }).told).toEqual(['9002 to b: b2 h1', 'h → b: early']);
});

test('a host who was not heard of yet is not missed', () => {
  expect(roomDriver(adoptedBy('h')).elapse().elapse().hostLeft).toBe(false);
});

test('the host is looked for in Nakama’s stream as long as they are here, another one until they are settled', () => {
  const room = inRoom().enter('b').elapse('h', 'b');
  expect(watchedOf(room.room).map(({ sessionId }) => sessionId)).toEqual(['h']);
});

test('a host whom Nakama no longer tracks has left', () => {
  const room = inRoom().enter('b').grant('h', { h: 1, b: 2 }).elapse('h', 'b').elapse('h', 'b').elapse('b');
  expect(room.hostLeft).toBe(true);
  expect(room.refusalOf('c')).toBe('host-left');
});
