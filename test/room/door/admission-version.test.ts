import { created, elected, matched, person } from '../../../kit/room/foundings.ts';
import { roomDriver } from '../../../kit/room/room-driver.ts';

const required = { rules: { versionPolicy: 'required' } } as const;

function versionTold(room: ReturnType<typeof roomDriver>): string | null {
  const versions = room.sent.map((out) => (out.type === 'join-success' ? out.clientVersion : null));
  return versions.filter((version) => version !== null).at(-1) ?? null;
}

test('a version that is named twice alike is one version', () => {
  const room = roomDriver(elected);
  expect(room.refusalOf('a', '1.0', '1.0')).toBeNull();
  expect(room.member('a')?.version).toBe('1.0');
});

test('two versions that differ are refused, and both are said', () => {
  expect(roomDriver(elected).attempt('a', '1.0', '2.0')).toEqual({
    code: 'bad-request',
    sentence: 'two client versions are named, "1.0" and "2.0"; name one',
  });
});

test('the second place that names a version counts when the first does not, and the empty text is one', () => {
  const room = roomDriver(elected);
  expect(room.refusalOf('a', null, '1.0')).toBeNull();
  expect(room.member('a')?.version).toBe('1.0');
  expect(room.refusalOf('b', '', '1.0')).toBe('bad-request');
  expect(room.refusalOf('b', '')).toBe('version-mismatch');
});

test('a known mismatch is refused with the version required', () => {
  expect(roomDriver(elected, { version: '1.0' }).attempt('a', '2.0')).toEqual({
    code: 'version-mismatch',
    sentence: 'this match is for client version "1.0", yours is "2.0"',
  });
});

test('the ticket names the version of an invited player', () => {
  const invitation = { ...person('a'), peerId: 1, version: '1.0' };
  const room = roomDriver({ kind: 'matched', invitations: [invitation], absent: [] });
  expect(room.refusalOf('a', '2.0')).toBe('bad-request');
  expect(room.refusalOf('a')).toBeNull();
  expect(room.member('a')?.version).toBe('1.0');
});

test('whoever made the room has its version, and may not name another', () => {
  const room = roomDriver(created('a'), { version: '1.0' });
  expect(room.refusalOf('a', '2.0')).toBe('bad-request');
  expect(room.refusalOf('a')).toBeNull();
  expect(room.member('a')?.version).toBe('1.0');
  expect(room.refusalOf('b')).toBeNull();
  expect(room.member('b')?.version).toBeNull();
});

test('a room without a version takes that of its first known joiner', () => {
  const room = roomDriver(elected);
  room.seat('a');
  expect(room.refusalOf('b', '1.0')).toBeNull();
  expect(room.refusalOf('c', '2.0')).toBe('version-mismatch');
  room.join('a', 'b').hear('a').hear('b');
  expect(versionTold(room)).toBe('1.0');
  expect(room.room.version).toBe('1.0');
});

test('the version of somebody who left before anybody was introduced counts no more', () => {
  const room = roomDriver(elected);
  room.attempt('a', '1.0');
  room.leave('a');
  expect(room.refusalOf('b', '2.0')).toBeNull();
});

test('the version once told stays, also when whoever named it has left', () => {
  const room = roomDriver(elected, { rules: { minPlayers: 1 } }).enter('b');
  room.attempt('a', 'dev');
  room.leave('a');
  expect(room.refusalOf('c', '2.0')).toBe('version-mismatch');
});

describe('a created room without a version', () => {
  test('takes none from whoever comes before its creator, who is not locked out', () => {
    const room = roomDriver(created('m'));
    room.attempt('a', 'wrong');
    room.join('a').hear('a');
    expect(room.refusalOf('m', '1.0')).toBeNull();
    room.join('m').hear('m');
    expect(room.told).toEqual(['9003 to a: version-mismatch', 'kick a', '9002 to m: m1']);
    expect(room.room.version).toBe('1.0');
  });

  test('takes the default when its creator names none', () => {
    const room = roomDriver(created('m'));
    room.attempt('a', 'wrong');
    room.join('a').hear('a').enter('m');
    expect([room.room.version, room.peerIds]).toEqual(['dev', { m: 1 }]);
  });

  test('asks for the creator’s from their attempt on', () => {
    const room = roomDriver(created('m'));
    room.attempt('m', '1.0');
    expect(room.refusalOf('a', '2.0')).toBe('version-mismatch');
  });
});

test('the default version is fixed with the first 9002, and not before', () => {
  const room = roomDriver(elected).enter('a');
  expect(room.room.version).toBeNull();
  room.enter('b');
  expect(versionTold(room)).toBe('dev');
  expect(room.refusalOf('c', '1.0')).toBe('version-mismatch');
  expect(room.refusalOf('c', 'dev')).toBeNull();
});

test('a matched room without versions takes no default: its clients are told none', () => {
  const room = roomDriver(matched('a', 'b')).enter('a', 'b');
  expect(room.room.version).toBeNull();
});

test('policy "known" lets in whoever names no version', () => {
  expect(roomDriver(elected, { version: '1.0' }).refusalOf('a')).toBeNull();
});

test('policy "required" refuses whoever names none, and says which is required once it is known', () => {
  const room = roomDriver(elected, required);
  expect(room.attempt('a')).toEqual({
    code: 'version-required',
    sentence: 'this match asks for your client version',
  });
  expect(room.refusalOf('a', '1.0')).toBeNull();
  expect(room.attempt('b')).toEqual({
    code: 'version-required',
    sentence: 'this match asks for your client version, it must be "1.0"',
  });
});
