import fc from 'fast-check';
import { created } from '../../../kit/room/foundings.ts';
import { lineOf } from '../../../kit/room/line-of.ts';
import { type RoomDriver, roomDriver } from '../../../kit/room/room-driver.ts';
import type { Command } from '../../../src/room/host/commands.ts';
import { areConnected, linksOf } from '../../../src/room/messages/links.ts';
import { reachesOf } from '../../../src/room/messages/short-way.ts';

const ALL = ['a', 'b', 'c', 'd'];
const A = { userId: 'user-a' };
const transfer = (peerId: number): Command => ({ name: 'transfer', peerId, term: null });

/** A star with `a` as its host, and all announced. */
function star(rules = {}): RoomDriver {
  const room = roomDriver(created('a'), { rules: { topology: 'star', onHostLeft: 'migrate', ...rules } });
  for (const one of [...ALL, 'e']) room.announced.add(one);
  return room.enter(...ALL).at(1);
}

const pairsIn = ({ room }: RoomDriver) => linksOf(room).map(({ a, b, state }) => `${a}${b} ${state}`);

test('signals pass between the host and each other, and between no two others', () => {
  const room = star();
  expect(room.send('a', 'b').told).toEqual(['a → b: hello']);
  expect(room.send('b', 'a').told).toEqual(['b → a: hello']);
  expect(room.send('b', 'c').told).toEqual([]);
  expect(room.traffic.dropped).toEqual({ 'no-such-target': 1 });
});

test('so does data through the server, and so do reports of links', () => {
  const room = star();
  const frame = { opCode: 9015, payload: 'frame' } as const;
  expect(room.receive({ ...frame, from: 'b', recipients: ['a'] }).told).toEqual(['b → a: frame']);
  expect(room.receive({ ...frame, from: 'b', recipients: ['c'] }).told).toEqual([]);
  room.report('b', 'c', 'connected');
  expect(room.traffic.dropped).toEqual({ 'no-such-target': 2 });
  expect(room.room.links).toEqual([]);
});

test('only links with the host are watched, and all are connected when these are', () => {
  const room = star();
  expect(pairsIn(room)).toEqual(['ab connecting', 'ac connecting', 'ad connecting']);
  for (const one of ['b', 'c', 'd']) room.report('a', one, 'connected').report(one, 'a', 'connected');
  expect(areConnected(room.room)).toBe(true);
  room.report('c', 'a', 'failed');
  expect(areConnected(room.room)).toBe(false);
});

test('time makes no link of two others fail', () => {
  const room = star({ linkTicks: 3 }).elapseUntil(10, ...ALL);
  expect(pairsIn(room)).toEqual(['ab failed', 'ac failed', 'ad failed']);
});

test('another host has other links: those of before are forgotten but the one between the two', () => {
  const room = star();
  for (const one of ['b', 'c', 'd']) room.report('a', one, 'connected').report(one, 'a', 'connected');
  expect(room.command(A, transfer(2))).toBeNull();
  expect(pairsIn(room)).toEqual(['ab connected', 'bc connecting', 'bd connecting']);
  expect(areConnected(room.room)).toBe(false);
  expect(room.send('c', 'b').told).toEqual(['c → b: hello']);
  expect(room.send('c', 'a').told).toEqual([]);
  expect(room.send('a', 'd').told).toEqual([]);
});

test('what waited between two who have nothing to do with each other any more is never delivered', () => {
  const room = star().disconnect('c').send('a', 'c', 'address of a');
  room.leave('b');
  room.command(A, transfer(4));
  room.comeBack('c2', 'c', 3);
  expect(room.sent.map(lineOf).filter((line) => line.includes('address'))).toEqual([]);
});

test('while the host is away all count as connected, as it is with away players', () => {
  const room = star();
  for (const one of ['b', 'c']) room.report('a', one, 'connected').report(one, 'a', 'connected');
  room.leave('d').disconnect('a');
  expect(areConnected(room.room)).toBe(true);
});

test('whoever does not announce themselves is refused, the creator too', () => {
  expect(star().refusalOf('x')).toBe('star');
  expect(roomDriver(created('x'), { rules: { topology: 'star' } }).refusalOf('x')).toBe('star');
});

test('no signal goes past the room, which alone knows who is host', () => {
  const room = star();
  expect(reachesOf({ room: room.room, traffic: room.traffic }, room.tick)).toEqual([]);
});

test('the room says that it is one', () => {
  expect(star().snapshots.at(-1)?.view.topology).toBe('star');
});

test('whatever happens, nobody but the host of that moment, and they from nobody else, is sent a signal or a frame', () => {
  const who = fc.constantFrom(...ALL);
  const doing = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(fc.constant('send' as const), who, who) },
    { weight: 3, arbitrary: fc.tuple(fc.constant('frame' as const), who, who) },
    { weight: 1, arbitrary: fc.tuple(fc.constant('leave' as const), who, who) },
    { weight: 2, arbitrary: fc.tuple(fc.constant('lose' as const), who, who) },
    { weight: 2, arbitrary: fc.tuple(fc.constant('back' as const), who, who) },
    { weight: 2, arbitrary: fc.tuple(fc.constant('tick' as const), who, who) },
  );
  const property = fc.property(fc.array(doing, { maxLength: 40 }), (doings) => {
    const room = star({ awayTicks: 5 });
    for (const [what, one, other] of doings) {
      const [from, to] = [room.sessionOf(one), room.sessionOf(other)];
      if (what === 'send') room.send(from, to);
      if (what === 'frame') room.receive({ from, opCode: 9015, recipients: [to], payload: 'frame' });
      if (what === 'leave') room.leave(from);
      if (what === 'lose') room.disconnect(from);
      if (what === 'tick') room.elapse(...ALL.map((each) => room.sessionOf(each)));
      if (what === 'back') {
        const peerId = ALL.indexOf(one) + 1;
        const session = room.reconnect(one);
        if (room.resume(session, one, peerId) === null) room.join(session).hear(session);
      }
      const host = room.room.host?.peerId;
      for (const out of room.out) {
        if (out.type !== 'data') continue;
        const ends = [out.from, out.to] as unknown as { peerId: number }[];
        expect(ends.some(({ peerId }) => peerId === host)).toBe(true);
      }
    }
  });
  fc.assert(property, { numRuns: 40 });
});
