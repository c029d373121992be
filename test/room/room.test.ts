import { created, elected, matched, person, RULES, SIGN } from '../../kit/room/foundings.ts';
import { roomDriver } from '../../kit/room/room-driver.ts';
import { invitationsFor } from '../../src/room/founding.ts';
import { NO_PROFILE } from '../../src/room/profile.ts';
import { createRoom } from '../../src/room/room.ts';
import { updateSeats, without } from '../../src/room/seats/seats.ts';

const BEGINNING = { rules: RULES, profile: NO_PROFILE, sign: SIGN, version: null, language: null };

test('a new room is empty and has given no peer ids', () => {
  expect(createRoom({ ...BEGINNING, founding: elected, version: '1.0' })).toMatchObject({
    version: '1.0',
    seats: [],
    lastPeerId: 0,
  });
});

test('a matched room has given all its peer ids with the invitations', () => {
  expect(createRoom({ ...BEGINNING, founding: matched('a', 'b', 'c') }).lastPeerId).toBe(3);
});

test('invitations number the sorted session ids by code unit, not by locale', () => {
  const ids = ['b', 'B', 'a', '1', 'ä', 'A', 'aa'];
  const invitations = invitationsFor(ids.map((id) => ({ ...person(id), version: `v${id}` })));
  expect(invitations.map(({ sessionId, peerId, version }) => `${sessionId} ${peerId} ${version}`)).toEqual(
    ['1', 'A', 'B', 'a', 'aa', 'b', 'ä'].map((id, index) => `${id} ${index + 1} v${id}`),
  );
});

test('updateSeats changes those that get an update, and gives the very room when none does', () => {
  const { room } = roomDriver(created('a')).seat('a', 'b');
  expect(updateSeats(room, () => null)).toBe(room);
  const updated = updateSeats(room, (seat) => (seat.sessionId === 'b' ? { ...seat, tracked: true } : null));
  expect(updated.seats.map(({ sessionId, tracked }) => [sessionId, tracked])).toEqual([
    ['a', false],
    ['b', true],
  ]);
});

test('without tells records apart by session id', () => {
  const { room } = roomDriver(elected).seat('a', 'b', 'c');
  const [, b] = room.seats;
  expect(without(room.seats, [b ?? person('none')]).map(({ sessionId }) => sessionId)).toEqual(['a', 'c']);
});
