import { created, elected } from '../../../kit/room/foundings.ts';
import { roomDriver } from '../../../kit/room/room-driver.ts';
import { openSeatsOf } from '../../../src/room/door/capacity.ts';
import { idleOf } from '../../../src/room/idle.ts';

const NOTHING = {
  roomName: null,
  visibility: null,
  properties: null,
  hasPassword: null,
  minPlayers: null,
  maxPlayers: null,
};
const update = (change: object) => ({ name: 'update', term: null, ...NOTHING, ...change }) as const;
const invite = (...userIds: string[]) => ({ name: 'invite', term: null, userIds }) as const;
const ban = (peerId: number) => ({ name: 'kick', term: null, peerId, ban: true, reason: null }) as const;
const asHost = { userId: 'user-a' };

/** Has a password, and `a` in it as host. */
const locked = () => roomDriver(created('a'), { profile: { hasPassword: true } }).enter('a');

describe('a password', () => {
  test('is asked of everybody but the creator', () => {
    const room = locked();
    expect(room.refusalOf('b')).toBe('password-required');
    room.password = 'wrong';
    expect(room.refusalOf('b')).toBe('wrong-password');
    room.password = 'barred';
    expect(room.refusalOf('b')).toBe('too-many-requests');
    room.password = 'right';
    expect(room.refusalOf('b')).toBeNull();
  });

  test('does not matter where there is none', () => {
    const room = roomDriver(created('a')).enter('a');
    room.password = 'wrong';
    expect(room.refusalOf('b')).toBeNull();
  });

  test('comes last, so that every other refusal says nothing of it', () => {
    const room = roomDriver(created('a'), {
      version: '1.0',
      rules: { maxPlayers: 3 },
      profile: { hasPassword: true },
    });
    room.password = 'right';
    room.enter('a', 'b', 'c');
    room.password = 'wrong';
    expect(room.refusalOf('d', '2.0')).toBe('version-mismatch');
    expect(room.refusalOf('d')).toBe('match-full');
    room.leave('c');
    expect(room.refusalOf('d')).toBe('wrong-password');
    room.command(asHost, ban(2));
    expect(room.refusalOf('b', '2.0')).toBe('banned');
    room.sealBy(null);
    expect(room.refusalOf('b')).toBe('banned');
  });

  test('that a user named before opens for their next join, within a minute', () => {
    const unlock = (room: ReturnType<typeof locked>, password: 'right' | 'wrong') =>
      room.happen({ type: 'unlocked', userId: 'user-b', password }).refusal?.code ?? null;
    const room = locked();
    expect(unlock(room, 'wrong')).toBe('wrong-password');
    expect(room.refusalOf('b')).toBe('password-required');
    expect(unlock(room, 'right')).toBeNull();
    expect(room.refusalOf('c')).toBe('password-required');
    expect(room.refusalOf('b')).toBeNull();
    expect(room.leave('b').refusalOf('b')).toBe('password-required');

    expect(unlock(room, 'right')).toBeNull();
    room.elapseUntil(60, 'a');
    expect(room.refusalOf('b')).toBe('password-required');
  });

  test('that is set anew is not the one that a user named before', () => {
    const room = locked();
    room.happen({ type: 'unlocked', userId: 'user-b', password: 'right' });
    expect(room.command(asHost, update({ hasPassword: true }))).toBeNull();
    expect(room.refusalOf('b')).toBe('password-required');
    room.command(asHost, update({ hasPassword: false }));
    expect(room.refusalOf('b')).toBeNull();
  });

  test('is kept again by the room’s clock, as long as there is one', () => {
    const room = locked();
    room.elapse('a').elapse('a');
    expect(idleOf(room.room).until).toBe(1800);
    expect(room.at(1800).happen({ type: 'ticked', tracked: ['a'] }).out).toEqual([{ type: 'keep-password' }]);
    expect(idleOf(room.room).until).toBe(3600);
  });
});

describe('an invitation', () => {
  test('passes the password for ten minutes, as often as needed', () => {
    const room = locked();
    expect(room.command({ userId: 'user-x' }, invite('user-b'))).toBe('not-a-member');
    expect(room.command(asHost, invite('user-b', 'user-c'))).toBeNull();
    expect(room.refusalOf('b')).toBeNull();
    expect(room.leave('b').refusalOf('b')).toBeNull();
    room.elapseUntil(600, 'a');
    expect(room.refusalOf('c')).toBe('password-required');
  });

  test('comes from any player, and is no way past a ban', () => {
    const room = roomDriver(created('a')).enter('a', 'b', 'c');
    room.command(asHost, ban(3));
    expect(room.command({ userId: 'user-b' }, invite('user-c'))).toBeNull();
    expect(room.refusalOf('c')).toBe('banned');
  });

  test('is refused where nobody can come in', () => {
    const room = roomDriver(created('a')).enter('a', 'b');
    room.sealBy(null);
    expect(room.command(asHost, invite('user-c'))).toBe('match-sealed');
  });
});

describe('a seat that is kept for a user', () => {
  const choose = (room: ReturnType<typeof locked>, who: string) =>
    room.happen({ type: 'chosen', userId: `user-${who}`, version: null, announced: false }).refusal?.code ??
    null;

  test('is nobody else’s until they come, or too late', () => {
    const room = roomDriver(elected, { rules: { maxPlayers: 2, seatTicks: 15 } }).enter('a');
    expect(choose(room, 'b')).toBeNull();
    expect(openSeatsOf(room.room)).toBe(0);
    expect(room.refusalOf('c')).toBe('match-full');
    expect(choose(room, 'c')).toBe('match-full');
    expect(choose(room, 'b')).toBeNull();
    expect(room.refusalOf('b')).toBeNull();
    expect(room.room.door.passes).toEqual([]);

    room.leave('b');
    choose(room, 'b');
    room.elapseUntil(room.tick + 15, 'a');
    expect(room.refusalOf('c')).toBeNull();
  });

  test('is none where the user is in already, is banned, or needs a password', () => {
    const room = roomDriver(created('a')).enter('a', 'b');
    expect(choose(room, 'b')).toBe('match-full');
    room.command(asHost, ban(2));
    expect(choose(room, 'b')).toBe('banned');
    expect(choose(locked(), 'b')).toBe('password-required');
  });

  test('is none where they could not come in: another is host, and they do not announce themselves', () => {
    const room = roomDriver(created('a'), { rules: { onHostLeft: 'migrate' } });
    for (const name of ['a', 'b']) room.announced.add(name);
    room.enter('a', 'b').leave('a');
    expect(choose(room, 'c')).toBe('host-left');
    const chosen = { type: 'chosen', userId: 'user-c', version: null, announced: true } as const;
    expect(room.happen(chosen).refusal).toBeNull();
  });
});
