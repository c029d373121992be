import { created, elected, matched, person } from '../../../kit/room/foundings.ts';
import { roomDriver } from '../../../kit/room/room-driver.ts';

const NOT_SECOND = { rules: { maxPlayers: 2 } };

test('reserves a seat and tells nobody', () => {
  const room = roomDriver(elected);
  expect(room.attempt('a')).toBeNull();
  expect(room.member('a')).toMatchObject({
    ...person('a'),
    version: null,
    peerId: 0,
    stage: 'reserved',
    since: 0,
  });
  expect(room.out).toEqual([]);
});

test('leaves the room as it is when it refuses', () => {
  const room = roomDriver(elected, NOT_SECOND).seat('a', 'b');
  expect(room.attempt('c')).toEqual({ code: 'match-full', sentence: 'all 2 seats of this match are taken' });
  expect(room.changed).toBe(false);
});

describe('a seat', () => {
  test('is counted from the attempt on, whoever joins first', () => {
    const room = roomDriver(elected, NOT_SECOND).seat('a');
    expect(room.refusalOf('b')).toBeNull();
    expect(room.refusalOf('c')).toBe('match-full');
    room.join('b').join('a').hear('b');
    expect(room.refusalOf('c')).toBe('match-full');
  });

  test('is free again when its owner leaves, before or after their join', () => {
    const room = roomDriver(elected, NOT_SECOND).seat('a', 'b').leave('b');
    expect(room.refusalOf('c')).toBeNull();
    room.join('c').leave('c');
    expect(room.refusalOf('d')).toBeNull();
  });

  test('is kept by a session that asks again, in a full room too, and is reserved anew', () => {
    const room = roomDriver(elected, NOT_SECOND).seat('a', 'b').at(9).seat('a');
    expect(room.room.seats.map(({ sessionId }) => sessionId)).toEqual(['b', 'a']);
    expect(room.member('a')?.since).toBe(9);
  });

  test('of a member who joined stays as it is when they ask again: Nakama will not report their join twice', () => {
    const room = roomDriver(created('a')).enter('a', 'b').seat('a');
    expect(room.peerIds).toEqual({ a: 1, b: 2 });
    expect(room.changed).toBe(false);
  });

  test('is kept for the creator while they are waited for', () => {
    const room = roomDriver(created('a'), NOT_SECOND).seat('b');
    expect(room.refusalOf('c')).toBe('match-full');
    expect(room.refusalOf('a')).toBeNull();
    expect(room.refusalOf('c')).toBe('match-full');
  });

  test('is kept for one socket of a creator who is known by user, not for a second one', () => {
    const room = roomDriver(created(null, 'user-a'), NOT_SECOND).seat('b', {
      ...person('z'),
      userId: 'user-a',
    });
    expect(room.refusalOf({ ...person('y'), userId: 'user-a' })).toBe('match-full');
  });

  test('is not kept for another session of a creator who is known by session', () => {
    const room = roomDriver(created('a'), NOT_SECOND).seat('b');
    expect(room.refusalOf({ ...person('z'), userId: 'user-a' })).toBe('match-full');
  });
});

describe('a matched room', () => {
  test('lets in whom the matchmaker invited and nobody else', () => {
    const room = roomDriver(matched('a', 'b'));
    expect(room.refusalOf('a')).toBeNull();
    expect(room.attempt('c')).toEqual({
      code: 'not-invited',
      sentence: 'the matchmaker did not put you into this match',
    });
  });

  test('lets an invited player try again after they left before they were introduced', () => {
    expect(roomDriver(matched('a', 'b')).seat('a').leave('a').refusalOf('a')).toBeNull();
  });

  test('does not take back somebody who was introduced: the others have forgotten them', () => {
    const room = roomDriver(matched('a', 'b', 'c'))
      .enter('a', 'b')
      .leave('b');
    expect(room.refusalOf('b')).toBe('not-invited');
  });
});

describe('refusals', () => {
  test('name why a room is closed', () => {
    const begun = roomDriver(elected).enter('a', 'b');
    begun.sealBy(null);
    expect(begun.attempt('c')).toEqual({
      code: 'match-sealed',
      sentence: 'this match takes no more players: it has begun',
    });
    expect(roomDriver(elected).shutDown().attempt('c')).toEqual({
      code: 'match-sealed',
      sentence: 'this match takes no more players: the server is shutting down',
    });
    expect(roomDriver(created('a')).enter('a', 'b').leave('a').attempt('c')).toEqual({
      code: 'host-left',
      sentence: 'the host of this match has left, nobody can join it any more',
    });
  });

  test('come in one order: what comes first hides what comes later', () => {
    const room = roomDriver(matched('a', 'b'), { version: '1.0', rules: { maxPlayers: 1 } }).enter('a');
    expect(room.refusalOf('c', '2.0', '3.0')).toBe('bad-request');
    expect(room.refusalOf('c', '2.0')).toBe('not-invited');
    expect(room.refusalOf('b', '2.0')).toBe('version-mismatch');
    expect(room.refusalOf('b')).toBe('match-full');
    room.shutDown();
    expect(room.refusalOf('b', '2.0')).toBe('version-mismatch');
    expect(room.refusalOf('b')).toBe('match-sealed');
    room.leave('a');
    expect(room.refusalOf('b')).toBe('host-left');
    expect(room.refusalOf('b', '2.0', '3.0')).toBe('bad-request');
  });
});

test('tells a stranger who has the reply to their join that their seat is gone, and sends them away', () => {
  const room = roomDriver(elected);
  room.happen({ type: 'answered', who: person('a') });
  expect(room.told).toEqual(['9003 to a: busy', 'kick a']);
  expect(room.changed).toBe(false);
});

test('tells somebody whom Nakama did not put in after all, and frees their seat at once', () => {
  const room = roomDriver(elected, NOT_SECOND).enter('a').enter('b');
  room.happen({ type: 'lost', who: person('b') });
  expect(room.told).toEqual(expect.arrayContaining(['9003 to b: busy', 'kick b']));
  expect(room.attempt('c')).toBeNull();
});
