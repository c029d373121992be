import { created, person } from '../../../kit/room/foundings.ts';
import { roomDriver } from '../../../kit/room/room-driver.ts';

const kick = (peerId: number, more: object = {}) =>
  ({ name: 'kick', term: null, peerId, ban: false, reason: null, ...more }) as const;
const asHost = { userId: 'user-a' };
const second = (sessionId: string, of: string) => ({ ...person(sessionId), userId: `user-${of}` });

test('a player who is sent away is told why, then out, and may come back', () => {
  const room = roomDriver(created('a')).enter('a', 'b');
  expect(room.command(asHost, kick(2))).toBeNull();
  expect(room.told.slice(0, 2)).toEqual(['9003 to b: kicked', 'kick b']);
  expect(room.member('b')).toBeNull();
  expect(room.leave('b').changed).toBe(false);
  expect(room.enter('b').peerIds).toEqual({ a: 1, b: 3 });
});

test('the host’s words are told, or the server’s', () => {
  const reasonOf = (more: object) => {
    const room = roomDriver(created('a')).enter('a', 'b');
    room.command(asHost, kick(2, more));
    return room.out.map((out) => (out.type === 'join-error' ? `${out.code}: ${out.reason}` : ''))[0];
  };
  expect(reasonOf({})).toBe('kicked: The host has sent you away.');
  expect(reasonOf({ reason: 'Bye' })).toBe('kicked: Bye');
  expect(reasonOf({ ban: true })).toBe('banned: The host has sent you away for good.');
});

test('all seats of the user are free', () => {
  const room = roomDriver(created('a')).enter('a', 'b', second('b2', 'b')).seat(second('b3', 'b'));
  room.command(asHost, kick(3, { ban: true }));
  expect(room.room.seats.map(({ sessionId }) => sessionId)).toEqual(['a']);
  expect(room.told.filter((line) => line.startsWith('9003'))).toEqual([
    '9003 to b: banned',
    '9003 to b2: banned',
  ]);
  expect(room.refusalOf('b')).toBe('banned');
  expect(room.refusalOf(second('b4', 'b'))).toBe('banned');
});

test.each([false, true])(
  'somebody who is away is out as well, and cannot come back to their seat: ban %j',
  (isBan) => {
    const room = roomDriver(created('a'));
    for (const who of ['a', 'b']) room.announced.add(who);
    room.enter('a', 'b');
    room.happen({ type: 'disconnected', sessionIds: ['b'] });
    expect(room.command(asHost, kick(2, { ban: isBan }))).toBeNull();
    expect(room.room.seats.map(({ sessionId }) => sessionId)).toEqual(['a']);
    expect(room.told.filter((line) => line.includes('b'))).toEqual([]);

    const candidate = {
      ...person('b2'),
      ...{ userId: 'user-b', versions: [], announced: true, can: [], password: 'none' as const },
      resumption: { peerId: 2, fresh: false },
    };
    expect(room.happen({ type: 'attempted', candidate }).refusal?.code).toBe(isBan ? 'banned' : 'seat-gone');
  },
);

test('only the host and the backend may, of others only, and of players only', () => {
  const room = roomDriver(created('a')).enter('a', 'b').seat('c');
  expect(room.command({ userId: 'user-b' }, kick(1))).toBe('not-host');
  expect(room.command({ userId: 'user-x' }, kick(2))).toBe('not-host');
  expect(room.command(asHost, kick(1))).toBe('bad-request');
  expect(room.command(asHost, kick(9))).toBe('no-such-player');
  expect(room.command(asHost, kick(0))).toBe('no-such-player');
  expect(room.command(asHost, { ...kick(2), term: 7 })).toBe('stale-term');
  expect(room.changed).toBe(false);
  expect(room.command(null, kick(1))).toBeNull();
});

test('of many banned the last ones stay so', () => {
  const room = roomDriver(created('a'), { rules: { maxPlayers: 2 } }).enter('a');
  for (let index = 0; index < 129; index++) {
    room.enter(`s${index}`);
    room.command(null, kick(index + 2, { ban: true }));
  }
  expect(room.refusalOf('s0')).toBeNull();
  expect(room.refusalOf('s128')).toBe('banned');
});
