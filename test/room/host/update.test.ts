import { created } from '../../../kit/room/foundings.ts';
import { roomDriver } from '../../../kit/room/room-driver.ts';

const NOTHING = {
  roomName: null,
  visibility: null,
  properties: null,
  hasPassword: null,
  minPlayers: null,
  maxPlayers: null,
};
const update = (change: object) => ({ name: 'update', term: null, ...NOTHING, ...change }) as const;
const asHost = { userId: 'user-a' };

const inRoom = () => {
  const room = roomDriver(created('a'), {
    profile: { name: 'Ours', properties: [{ key: 'mode', value: 'ctf' }] },
  });
  room.announced.add('a');
  return room.enter('a', 'b', 'c');
};

test('what is named changes, and the rest stays; players who announced themselves are told', () => {
  const room = inRoom();
  room.snapshots.length = 0;
  expect(room.command(asHost, update({ visibility: 'public', maxPlayers: 8 }))).toBeNull();
  expect(room.snapshots.map(({ view }) => view)).toEqual([
    expect.objectContaining({
      name: 'Ours',
      visibility: 'public',
      properties: [{ key: 'mode', value: 'ctf' }],
      maxPlayers: 8,
      minPlayers: 2,
      openSeats: 5,
    }),
  ]);
  expect(room.command(asHost, update({ roomName: '', properties: [] }))).toBeNull();
  expect(room.room.profile).toMatchObject({ name: '', properties: [], visibility: 'public' });
});

test('there are never fewer seats than are taken, nor fewer than are needed', () => {
  const room = inRoom();
  expect(room.command(asHost, update({ maxPlayers: 2 }))).toBe('match-full');
  expect(room.command(asHost, update({ maxPlayers: 3 }))).toBeNull();
  expect(room.command(asHost, update({ minPlayers: 4 }))).toBe('bad-request');
  expect(room.command(asHost, update({ minPlayers: 3 }))).toBeNull();
  expect(room.refusalOf('d')).toBe('match-full');
});

test('a room says no more of itself than Nakama takes', () => {
  const long = Array.from({ length: 8 }, (_, index) => ({ key: `k${index}`, value: '€'.repeat(64) }));
  const room = inRoom();
  expect(room.command(asHost, update({ properties: long }))).toBe('bad-request');
  expect(room.room.profile.properties).toHaveLength(1);
});

test('only the host and the backend may', () => {
  const room = inRoom();
  expect(room.command({ userId: 'user-b' }, update({ roomName: 'Mine' }))).toBe('not-host');
  expect(room.command({ userId: 'user-x' }, update({ roomName: 'Mine' }))).toBe('not-host');
  expect(room.command(asHost, { ...update({ roomName: 'Mine' }), term: 2 })).toBe('stale-term');
  expect(room.command(null, update({ roomName: 'Mine' }))).toBeNull();
});
