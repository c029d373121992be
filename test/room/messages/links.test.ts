import fc from 'fast-check';
import { created } from '../../../kit/room/foundings.ts';
import { type RoomDriver, roomDriver } from '../../../kit/room/room-driver.ts';
import type { LinkState } from '../../../src/protocol/link-report.ts';
import { areConnected, linksOf } from '../../../src/room/messages/links.ts';

/** `a` and `b` announced themselves, `c` did not. */
function threeInRoom(rules = {}): RoomDriver {
  const room = roomDriver(created('a'), { rules });
  room.announced.add('a').add('b');
  return room.enter('a', 'b', 'c');
}

function report(room: RoomDriver, from: string, peer: string, state: LinkState): RoomDriver {
  return room.report(from, peer, state);
}

const statesIn = ({ room }: RoomDriver) => linksOf(room).map(({ a, b, state }) => `${a}${b} ${state}`);

test('every pair with an announced member has a link, which is connecting at first', () => {
  expect(statesIn(threeInRoom())).toEqual(['ab connecting', 'ac connecting', 'bc connecting']);
});

test('pairs of which nobody announced themselves have none, and count as connected', () => {
  const room = roomDriver(created('a')).enter('a', 'b');
  expect(linksOf(room.room)).toEqual([]);
  expect(areConnected(room.room)).toBe(true);
});

test('a link is connected when everybody says so who can', () => {
  const room = threeInRoom();
  report(room, 'a', 'c', 'connected');
  report(room, 'a', 'b', 'connected');
  expect(statesIn(room)).toEqual(['ab connecting', 'ac connected', 'bc connecting']);
  report(room, 'b', 'a', 'connected');
  report(room, 'b', 'c', 'connected');
  expect(areConnected(room.room)).toBe(true);
});

test('a link has failed when one says so, until they say otherwise', () => {
  const room = threeInRoom();
  report(room, 'b', 'a', 'connected');
  report(room, 'a', 'b', 'failed');
  expect(statesIn(room)[0]).toBe('ab failed');
  report(room, 'a', 'b', 'connected');
  expect(statesIn(room)[0]).toBe('ab connected');
});

test('links that take too long have failed, counted from when the later of the two came', () => {
  const room = threeInRoom({ linkTicks: 3 });
  report(room, 'a', 'b', 'connected');
  report(room, 'b', 'a', 'connected');
  room.at(2).enter('d').elapse('a', 'b', 'c', 'd').elapse();
  expect(statesIn(room)).toEqual([
    'ab connected',
    'ac failed',
    'ad connecting',
    'bc failed',
    'bd connecting',
  ]);
  expect(statesIn(room.elapse().elapse())).toContain('ad failed');
  report(room, 'a', 'd', 'connected');
  expect(statesIn(room)).toContain('ad connected');
});

test('whoever leaves takes their links along', () => {
  const room = report(threeInRoom(), 'a', 'b', 'connected').leave('b');
  expect(room.room.links).toEqual([]);
  expect(statesIn(room)).toEqual(['ac connecting']);
});

test('a link shows the longer of the ways that its ends name, and how long it is, while it is up', () => {
  const room = threeInRoom();
  room.report('a', 'b', 'connected', { via: 'direct', rttMs: 40 });
  expect(linksOf(room.room)[0]).toMatchObject({ state: 'connecting', via: null, rttMs: null });
  room.report('b', 'a', 'connected', { via: 'server', rttMs: 44 });
  expect(linksOf(room.room)[0]).toMatchObject({ state: 'connected', via: 'server', rttMs: 40 });
  room.report('b', 'a', 'connected', { via: 'turn' });
  expect(linksOf(room.room)[0]).toMatchObject({ via: 'turn', rttMs: 40 });
  room.report('b', 'a', 'connecting');
  expect(linksOf(room.room)[0]).toMatchObject({ via: null, rttMs: null });
});

test('a time that is nearly the same is no news, another one is', () => {
  const room = threeInRoom().report('a', 'c', 'connected', { via: 'direct', rttMs: 100 });
  expect(room.report('a', 'c', 'connected', { via: 'direct', rttMs: 110 }).changed).toBe(false);
  expect(room.report('a', 'c', 'connected', { via: 'direct', rttMs: 150 }).changed).toBe(true);
  expect(room.room.linkNews).toBe('later');
});

test('a link that failed for want of a TURN server says so, until another is said', () => {
  const room = threeInRoom().report('b', 'a', 'failed', { noRelay: true });
  expect(linksOf(room.room)[0]).toMatchObject({ state: 'failed', reason: 'no-relay' });
  room.report('b', 'a', 'failed');
  expect(linksOf(room.room)[0]).toMatchObject({ state: 'failed', reason: null });
  room.report('b', 'a', 'connected', { noRelay: true });
  expect(linksOf(room.room)[0]).toMatchObject({ state: 'connecting', reason: null });
});

test('whoever leaves takes along the ways to them, and no others', () => {
  const room = threeInRoom().enter('d');
  room.report('a', 'b', 'connected', { via: 'turn', rttMs: 20 });
  room.report('a', 'c', 'connected', { via: 'server', rttMs: 30 });
  room.report('a', 'd', 'connected', { via: 'direct', rttMs: 40 });
  room.leave('c');
  expect(linksOf(room.room).filter(({ state }) => state === 'connected')).toEqual([
    { a: 'a', b: 'd', state: 'connected', via: 'direct', rttMs: 40, reason: null },
  ]);
  expect(room.room.links).toMatchObject([{ vias: ['turn', 'direct'], rtts: [20, 40] }]);
});

test('the same report again changes nothing', () => {
  const room = report(threeInRoom(), 'a', 'b', 'connected');
  expect(report(room, 'a', 'b', 'connected').changed).toBe(false);
});

test.each([
  ['unknown-opcode', 'c', 'a'],
  ['self-target', 'a', 'a'],
  ['no-such-target', 'a', 'x'],
])('a report is dropped as %s: %s on %s', (reason, from, peer) => {
  const room = report(threeInRoom(), from, peer, 'connected');
  expect(room.traffic.dropped).toEqual({ [reason]: 1 });
  expect(room.room.links).toEqual([]);
});

test('whoever has a seat but is not in yet cannot report', () => {
  const room = threeInRoom();
  room.announced.add('d');
  report(room.seat('d'), 'd', 'a', 'connected');
  expect([room.traffic.dropped, room.room.links]).toEqual([{ 'unknown-opcode': 1 }, []]);
});

test('whether all are connected is counted, and comes to the same as a look at every link', () => {
  const states = fc.constantFrom<LinkState>('connecting', 'connected', 'connected', 'connected', 'failed');
  const seats = ['a', 'b', 'c', 'd'];
  const seat = fc.constantFrom(...seats);
  const announced = fc.subarray(seats, { minLength: 1 });
  const property = fc.property(
    announced,
    fc.array(fc.tuple(seat, seat, states), { maxLength: 30 }),
    (who, reports) => {
      const room = roomDriver(created('a'));
      for (const one of who) room.announced.add(one);
      room.enter(...seats);
      for (const [from, peer, state] of reports) {
        report(room, from, peer, state);
        const isEach = linksOf(room.room).every((link) => link.state === 'connected');
        expect(areConnected(room.room)).toBe(isEach);
      }
      for (const one of who) for (const peer of seats) if (peer !== one) report(room, one, peer, 'connected');
      expect(areConnected(room.leave('d').room)).toBe(true);
    },
  );
  fc.assert(property, { numRuns: 20 });
});

test('reports have a budget of their own: neither candidates nor descriptions take from it, nor it from them', () => {
  const room = threeInRoom({ candidateBurst: 1, descriptionBurst: 1 });
  expect(room.passing(5, 'a', 'b', 'candidate')).toBe(2);
  expect(room.passing(5, 'a', 'b', 'description')).toBe(2);
  for (let change = 0; change < 16; change++) {
    report(room, 'a', 'b', 'failed');
    report(room, 'a', 'b', 'connected');
  }
  expect(room.traffic.dropped).toEqual({ 'over-budget': 3 + 3 });
  expect(report(room, 'a', 'c', 'connected').traffic.dropped).toEqual({ 'over-budget': 7 });
  expect(statesIn(report(room.at(1), 'a', 'c', 'connected'))).toContain('ac connected');

  const other = threeInRoom({ candidateBurst: 1, descriptionBurst: 1 });
  for (let change = 0; change < 50; change++) report(other, 'a', 'b', 'connected');
  expect(other.passing(5, 'a', 'b', 'candidate')).toBe(2);
  expect(other.passing(5, 'a', 'b', 'description')).toBe(2);
});
