import { created, elected } from '../../../kit/room/foundings.ts';
import { type RoomDriver, roomDriver } from '../../../kit/room/room-driver.ts';
import { ASKING_TICKS } from '../../../src/room/door/dialect.ts';
import { idleOf } from '../../../src/room/idle.ts';

const ask = { type: 'join-request', clientVersion: null, spectator: false } as const;
const dialectsOf = ({ sent }: RoomDriver) =>
  sent.flatMap((out) => (out.type === 'join-success' ? [`${out.dialect} to ${out.to.sessionId}`] : []));

/** A room for which nobody named a dialect. */
const inRoom = (founding: Parameters<typeof roomDriver>[0] = created('a'), options = {}) =>
  roomDriver(founding, { language: null, ...options });

describe('a room of the server without a dialect', () => {
  test('speaks A to those who do not ask', () => {
    const room = inRoom().enter('a', 'b').elapseUntil(20, 'a', 'b');
    expect(dialectsOf(room)).toEqual(['A to a', 'A to b', 'A to a']);
    expect([room.room.language, room.peerIds]).toEqual([null, { a: 1, b: 2 }]);
    expect(idleOf(room.room).until).toBeGreaterThan(20);
  });

  test('passes on JSON only, and reads nothing else', () => {
    const room = inRoom().enter('a', 'b').send('a', 'b');
    expect(room.told).toEqual(['a → b: hello']);
    room.receive({ from: 'a', utterance: { content: ask, dialect: 'C' } });
    expect(room.traffic.dropped).toEqual({ malformed: 1 });
  });

  test('speaks R once its creator asked, who is told again who is here', () => {
    const room = inRoom().enter('a');
    expect(room.say('a', ask, 'R').told).toEqual(['9002 to a: a1']);
    expect(dialectsOf(room)).toEqual(['A to a', 'R to a']);
    expect(room.enter('b').told).toEqual([]);
    expect(room.say('b', { ...ask, spectator: true }, 'R').told).toEqual([
      '9002 to b: b2 a1',
      '9002 to a: a1 b2',
    ]);
    expect([room.room.language, room.member('b')?.spectator]).toEqual(['R', true]);
  });

  test('lets in at once who asked before the creator did', () => {
    const room = inRoom().enter('b').say('b', ask, 'R').enter('c', 'a').say('c', ask, 'R');
    expect(room.room.language).toBeNull();
    expect(room.say('a', ask, 'R').told).toEqual([
      '9002 to b: b2 c3 a1',
      '9002 to c: c3 b2 a1',
      '9002 to a: a1 b2 c3',
    ]);
    expect(room.say('a', ask, 'R').traffic.dropped).toEqual({ 'unknown-opcode': 1 });
  });

  test('speaks R from the first where the elected host asked before', () => {
    const room = inRoom(elected).enter('a').say('a', ask, 'R').enter('b');
    expect([room.room.language, room.peerIds]).toEqual(['R', { a: 1, b: 2 }]);
    expect(room.told.slice(-2)).toEqual(['9002 to a: a1 b2', '9002 to b: b2 a1']);
  });

  test('is taught nothing by a joiner, who is told so when the host has had time to ask', () => {
    const room = inRoom().enter('a').elapse('a').enter('b').say('b', ask, 'R');
    expect([room.room.language, room.told]).toEqual([null, []]);
    room.elapseUntil(ASKING_TICKS - 1, 'a', 'b');
    expect(room.told).toEqual([]);
    room.elapse('a', 'b');
    expect(room.told).toEqual(['9003 to b: other-dialect', 'kick b']);
    expect([room.room.language, room.peerIds]).toEqual([null, { a: 1 }]);
    expect(room.enter('c').say('c', ask, 'R').elapse('a', 'c').told.slice(0, 2)).toEqual([
      '9003 to c: other-dialect',
      'kick c',
    ]);
  });

  test('is taught nothing by a host who takes over from the first', () => {
    const room = inRoom(created('a'), { rules: { onHostLeft: 'migrate' } });
    for (const name of ['a', 'b']) room.announced.add(name);
    room.enter('a', 'b').leave('a').say('b', ask, 'R');
    expect([room.room.host?.peerId, room.room.language]).toEqual([2, null]);
  });

  test('does not speak R where somebody has announced themselves: who asked is sent away', () => {
    const room = inRoom();
    room.announced.add('b');
    room.enter('b', 'a').say('a', ask, 'R');
    expect(room.room.language).toBeNull();
    expect(room.elapse('a', 'b').told.slice(0, 2)).toEqual(['9003 to a: other-dialect', 'kick a']);
  });

  test('refuses who names another version when they ask, and they are gone', () => {
    const room = inRoom(created('a'), { version: '1.0' }).enter('a');
    room.say('a', { ...ask, clientVersion: '1.0' }, 'R').enter('b');
    room.say('b', { ...ask, clientVersion: '2.0' }, 'R');
    expect(room.told).toEqual(['9003 to b: version-mismatch', 'kick b']);
    const other = inRoom(elected, { version: '1.0' }).enter('a', 'b');
    other.say('b', { ...ask, clientVersion: '2.0' }, 'R');
    expect(other.told).toEqual(['9003 to b: version-mismatch', 'kick b', 'presences to a: -b']);
  });
});

describe.each([null, 'R'] as const)('a room that learned R or was made for it (%s)', (language) => {
  test('sends away who does not ask, and not before they can have', () => {
    const room = roomDriver(created('a'), { language }).enter('a').say('a', ask, 'R').enter('b');
    expect(idleOf(room.room).until).toBe(0);
    room.elapseUntil(ASKING_TICKS - 1, 'a', 'b');
    expect(room.told).toEqual([]);
    expect(room.elapse('a', 'b').told).toEqual(['9003 to b: other-dialect', 'kick b']);
    expect(room.peerIds).toEqual({ a: 1 });
    expect(idleOf(room.room).until).toBeGreaterThan(room.tick);
  });
});

test('a room that was made for A hears nobody ask', () => {
  const room = roomDriver(created('a')).enter('a').say('a', ask, 'R').elapseUntil(20, 'a');
  expect(room.traffic.dropped).toEqual({ 'unknown-opcode': 1 });
  expect([room.room.language, room.peerIds]).toEqual(['A', { a: 1 }]);
});
