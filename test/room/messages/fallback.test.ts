import fc from 'fast-check';
import { created } from '../../../kit/room/foundings.ts';
import { type RoomDriver, roomDriver } from '../../../kit/room/room-driver.ts';
import type { Message } from '../../../src/room/messages/traffic.ts';

/** `a` and `b` can, `c` announced themselves and cannot, `x` did not. */
function inRoom(rules = {}): RoomDriver {
  const room = roomDriver(created('a'), { rules });
  room.announced.add('a').add('b').add('c');
  room.enter('a', 'b');
  room.can = ['ice_restart'];
  return room.enter('c', 'x').at(1);
}

/** A frame, reliable unless it says otherwise. */
const send = (room: RoomDriver, from: string, to: readonly string[] | null, more: Partial<Message> = {}) =>
  room.receive({ from, opCode: 9015, recipients: to, payload: 'frame', bytes: 100, ...more });

const unreliable = { firstByte: () => 2 };

test('a frame goes to the one whom it names, as it is', () => {
  const room = send(inRoom(), 'a', ['b'], { reliable: true });
  expect(room.told).toEqual(['a → b: frame']);
  expect(room.out).toMatchObject([{ opCode: 9015, reliable: true }]);
  expect(room.traffic).toMatchObject({ frames: 1, frameBytes: 100, relayed: 0, dropped: {} });
});

test.each([
  ['no-such-target', 'a', null],
  ['no-such-target', 'a', []],
  ['no-such-target', 'a', ['b', 'b']],
  ['no-such-target', 'a', ['stranger']],
  ['no-such-target', 'a', ['c']],
  ['no-such-target', 'a', ['x']],
  ['self-target', 'a', ['a']],
  ['unknown-opcode', 'c', ['b']],
  ['unknown-opcode', 'x', ['b']],
] as const)('it is dropped as %s: %s to %j', (reason, from, to) => {
  const room = send(inRoom(), from, to);
  expect([room.told, room.traffic.dropped]).toEqual([[], { [reason]: 1 }]);
});

test('it is dropped while its target is away, or not in yet', () => {
  const room = inRoom().disconnect('b');
  expect(send(room, 'a', ['b']).told).toEqual([]);
  room.can = ['fallback'];
  room.announced.add('d');
  room.leave('x').seat('d');
  expect(send(room, 'a', ['d']).told).toEqual([]);
  expect(room.traffic.dropped).toEqual({ 'no-such-target': 2 });
});

test('an empty one, and one longer than the budget ever is, lead to nothing', () => {
  const room = inRoom();
  send(room, 'a', ['b'], { bytes: 0 });
  send(room, 'a', ['b'], { bytes: 1001 });
  expect(room.traffic.dropped).toEqual({ malformed: 1, oversized: 1 });
});

test('of a server that passes on nothing, nobody can send one, and nobody is shown to be able to', () => {
  const room = inRoom({ fallbackBytesPerSec: 0 });
  expect(send(room, 'a', ['b']).traffic.dropped).toEqual({ 'unknown-opcode': 1 });
  expect(room.snapshots.at(-1)?.view.players[0]?.can).toEqual(['ice_restart', 'media', 'pass_on']);
});

test('the room shows what each player can', () => {
  const { players = [] } = inRoom().snapshots.at(-1)?.view ?? {};
  expect(players.map(({ can }) => can)).toEqual([
    ['fallback', 'ice_restart', 'media', 'pass_on'],
    ['fallback', 'ice_restart', 'media', 'pass_on'],
    ['ice_restart'],
    [],
  ]);
});

describe('over the budget', () => {
  const used = () => {
    const room = inRoom({ fallbackMessagesPerSec: 100 });
    for (let sent = 0; sent < 20; sent++) send(room, 'a', ['b']);
    return room;
  };

  test('a reliable frame has its sender told for how long to wait, after which it passes', () => {
    const room = send(used(), 'a', ['b']);
    expect(room.told).toEqual(['9017 to a: 250']);
    expect(room.traffic).toMatchObject({ frames: 20, slowDowns: 1, dropped: { 'over-budget': 1 } });
    expect(send(room.at(2), 'a', ['b']).told).toEqual(['a → b: frame']);
  });

  test('the longer the frame, the longer the wait', () => {
    expect(send(used(), 'a', ['b'], { bytes: 900 }).told).toEqual(['9017 to a: 900']);
  });

  test('any other is dropped and counted', () => {
    const room = send(used(), 'a', ['b'], unreliable);
    expect([room.told, room.traffic.dropped, room.traffic.slowDowns]).toEqual([[], { 'over-budget': 1 }, 0]);
  });

  test('others are not held up by it', () => {
    expect(send(used(), 'b', ['a']).told).toEqual(['b → a: frame']);
  });

  test('whoever does not heed it is told sixteen times within the time of a budget, and can signal all the while', () => {
    const room = used();
    for (let sent = 0; sent < 500; sent++) send(room, 'a', ['b']);
    expect(room.traffic).toMatchObject({ slowDowns: 16, dropped: { 'over-budget': 500 } });
    expect(room.passing(1, 'a', 'b', 'description')).toBe(1);
  });
});

test('messages have a budget of their own', () => {
  const room = inRoom();
  for (let sent = 0; sent < 20; sent++) send(room, 'a', ['b'], { bytes: 1 });
  expect(send(room, 'a', ['b'], { bytes: 1 }).told).toEqual(['9017 to a: 250']);
});

test('a server that has too much to pass on says so in the same way', () => {
  const busy = { msUntilNodePasses: (perSec: number) => (perSec === 7 ? 700 : 0) };
  const room = inRoom({ fallbackNodeBytesPerSec: 7 });
  expect(send(room, 'a', ['b'], busy).told).toEqual(['9017 to a: 700']);
  expect(send(room, 'a', ['b'], { ...busy, ...unreliable }).told).toEqual([]);
});

test('whatever comes, no more passes than the budget has, and no reliable frame is lost without a word', () => {
  const frame = fc.record({
    bytes: fc.integer({ min: 1, max: 1000 }),
    isKept: fc.boolean(),
    later: fc.nat(2),
  });
  const property = fc.property(fc.array(frame, { maxLength: 60 }), (frames) => {
    const room = inRoom({ rejectBurst: 1_000_000, refillTicks: 1 });
    let bytes = 0;
    let passed = 0;
    const begun = room.tick;
    for (const { bytes: length, isKept, later } of frames) {
      room.at(room.tick + later);
      send(room, 'a', ['b'], { bytes: length, firstByte: () => (isKept ? 1 : 3) });
      const [line = 'nothing'] = room.told;
      if (line === 'a → b: frame') {
        bytes += length;
        passed++;
      } else expect(line).toMatch(isKept ? /^9017 to a: \d+$|^nothing$/ : /^nothing$/);
      const seconds = room.tick - begun + 2;
      expect(bytes).toBeLessThanOrEqual(1000 * seconds);
      expect(passed).toBeLessThanOrEqual(10 * seconds);
    }
    expect(room.traffic).toMatchObject({ frames: passed, frameBytes: bytes });
  });
  fc.assert(property, { numRuns: 50 });
});
