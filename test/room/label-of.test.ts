import { created, elected, SIGN } from '../../kit/room/foundings.ts';
import { roomDriver } from '../../kit/room/room-driver.ts';
import { labelOf } from '../../src/room/label-of.ts';
import type { Language, Room } from '../../src/room/room.ts';

test('an empty room is listed with what is known of it', () => {
  expect(labelOf(roomDriver(created('a')).room)).toEqual({
    phase: 'waiting',
    players: 0,
    openSeats: 3,
    minPlayers: 2,
    maxPlayers: 4,
    clientVersion: null,
    host: null,
    visibility: 'private',
    listed: [],
    hasPassword: false,
    name: '',
    properties: [],
    codeKey: SIGN.codeKey,
    serial: SIGN.serial,
  });
});

test('players are the confirmed, and the host is named once they are', () => {
  const room = roomDriver(created('a'), { version: '1.0' }).enter('b').seat('a', 'c').join('a');
  expect(labelOf(room.room)).toMatchObject({ players: 1, openSeats: 1, host: null });
  room.hear('a');
  expect(labelOf(room.room)).toMatchObject({ phase: 'ready', players: 2, host: 'name-a' });
  expect(labelOf(room.leave('a').room)).toMatchObject({
    phase: 'closed',
    players: 1,
    openSeats: 0,
    host: null,
  });
});

test('the version is that of the first known joiner', () => {
  const room = roomDriver(elected);
  room.attempt('a', '1.0');
  expect(labelOf(room.room)).toMatchObject({ clientVersion: '1.0' });
});

describe('a public room is listed for', () => {
  const labelled = (language: Language | null, room: Room) =>
    labelOf({ ...room, language, profile: { ...room.profile, visibility: 'public' } }).listed;

  test.each<[Language | null, string[]]>([
    ['A', ['a', 'own']],
    [null, ['a', 'own']],
    ['R', ['r']],
    ['C', ['c']],
    ['plain', []],
  ])('those who understand it, where it speaks %s', (language, audiences) => {
    expect(labelled(language, roomDriver(created('a')).enter('a').room)).toEqual(audiences);
  });

  test.each<[Language, string[]]>([
    ['A', ['own']],
    ['R', []],
  ])(
    'those who announce themselves and speak %s, where another than peer 1 is host',
    (language, audiences) => {
      const room = roomDriver(created('a'), { rules: { onHostLeft: 'migrate' } });
      for (const name of ['a', 'b']) room.announced.add(name);
      expect(labelled(language, room.enter('a', 'b').leave('a').room)).toEqual(audiences);
    },
  );

  test('nobody, where it has no seats', () => {
    const { room } = roomDriver(created('a')).enter('a');
    expect(labelled('A', { ...room, sealedBy: 'host' })).toEqual([]);
  });
});
