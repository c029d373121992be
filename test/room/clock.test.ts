import { created, elected, matched } from '../../kit/room/foundings.ts';
import { roomDriver } from '../../kit/room/room-driver.ts';
import { watchedOf } from '../../src/room/clock.ts';

const unsettled = (room: ReturnType<typeof roomDriver>) =>
  watchedOf(room.room).map(({ sessionId }) => sessionId);

test('a tick on which nothing is due changes nothing', () => {
  const room = roomDriver(created('a')).enter('a', 'b').elapse('a', 'b');
  expect(room.elapse().changed).toBe(false);
  expect(room.out).toEqual([]);
});

describe('confirmation by the clock', () => {
  test('comes on the second tick on which Nakama tracks a member of whom nothing was heard', () => {
    const room = roomDriver(created('a')).seat('a').join('a');
    expect(room.elapse('a').told).toEqual([]);
    expect(room.elapse('a').told).toEqual(['9002 to a: a1']);
  });

  test('does not come while Nakama does not track them', () => {
    expect(roomDriver(created('a')).seat('a').join('a').elapseUntil(9).sent).toEqual([]);
  });

  test('comes for whoever is tracked late as soon as they are', () => {
    const room = roomDriver(created('a')).seat('a').join('a').elapseUntil(5);
    expect(room.elapse('a').told).toEqual(['9002 to a: a1']);
  });

  test('looks only at joined members of whom something is not known yet', () => {
    const room = roomDriver(created('a')).seat('d').enter('a', 'b').seat('c').join('c');
    expect(unsettled(room)).toEqual(['a', 'b', 'c']);
    expect(unsettled(room.elapse('a', 'c'))).toEqual(['b', 'c']);
    expect(unsettled(room.elapse('b', 'c'))).toEqual([]);
  });
});

describe('seats', () => {
  test('that are reserved and not taken are given up after their time, without a word', () => {
    const room = roomDriver(elected).at(3).seat('a').elapseUntil(17);
    expect(room.member('a')).not.toBeNull();
    room.elapse();
    expect(room.member('a')).toBeNull();
    expect(room.told).toEqual([]);
    expect(room.room.emptySince).toBe(18);
  });

  test('count from the join once that is reported', () => {
    const room = roomDriver(elected).seat('a').at(10).join('a').elapseUntil(24);
    expect(room.member('a')).not.toBeNull();
    expect(room.elapse().told).toEqual(['kick a']);
    expect(room.member('a')).toBeNull();
  });

  test('of members that are never tracked are given up, and they are sent away', () => {
    const room = roomDriver(matched('a', 'b')).enter('a').elapse('a').at(5).enter('b').elapseUntil(19);
    expect(room.peerIds).toEqual({ a: 1, b: 2 });
    expect(room.elapse().told).toEqual(['kick b']);
    expect(room.peerIds).toEqual({ a: 1 });
  });

  test('of a host that is never tracked close the room with them', () => {
    const room = roomDriver(created('a')).enter('a', 'b').elapse('b').elapseUntil(15);
    expect(room.told).toEqual(['kick a']);
    expect(room.hostLeft).toBe(true);
  });

  test('of tracked members are kept for ever', () => {
    const room = roomDriver(created('a')).enter('a').elapse('a').elapseUntil(200);
    expect(room.peerIds).toEqual({ a: 1 });
  });
});

test('what a tick brings is told in its order: who comes in, then who is sent away', () => {
  const room = roomDriver(created('a'))
    .enter('a')
    .elapse('a')
    .at(14)
    .seat('b', 'c')
    .join('c')
    .at(28)
    .join('b');
  expect(room.elapse('b').told).toEqual([]);
  expect(room.elapse('b').told).toEqual(['9002 to b: b2 a1', '9002 to a: a1 b2', 'kick c']);
});

describe('a creator who does not come', () => {
  const waiting = () => roomDriver(created('m'), { rules: { maxPlayers: 3 } }).enter('b', 'a');

  test('is waited for, then loses peer 1: the room elects', () => {
    const room = waiting().elapse('a', 'b').elapseUntil(29);
    expect(room.sent).toEqual([]);
    expect(room.refusalOf('c')).toBe('match-full');
    expect(room.elapse().told).toEqual(['9002 to b: b2 a1', '9002 to a: a1 b2']);
    expect(room.refusalOf('c')).toBeNull();
  });

  test('loses it also when they joined but was not confirmed in time', () => {
    const room = waiting().elapse('a', 'b').at(29).seat('m').join('m').elapse().elapse();
    expect(room.peerIds).toEqual({ a: 1, b: 2 });
    expect(room.hear('m').peerIds).toEqual({ a: 1, b: 2, m: 3 });
  });

  test('joins like everybody else after that', () => {
    const room = waiting().elapse('a', 'b').elapseUntil(30).enter('m');
    expect(room.peerIds).toEqual({ a: 1, b: 2, m: 3 });
  });

  test('leaves a room that waits on for min_players', () => {
    const room = roomDriver(created('m')).enter('b').elapse('b').elapseUntil(40);
    expect(room.sent).toEqual([]);
    expect(room.enter('a').peerIds).toEqual({ a: 1, b: 2 });
  });

  test('is one who never was: a creator who is confirmed stays host', () => {
    const room = roomDriver(created('m')).enter('m').elapse('m').elapseUntil(40);
    expect(room.room.founding.kind).toBe('created');
    expect(room.enter('a').peerIds).toEqual({ m: 1, a: 2 });
  });
});

describe('matched players who do not come', () => {
  const rules = { minPlayers: 2 };

  test('are given up after their time: the others are told that they joined and left', () => {
    const room = roomDriver(matched('a', 'b', 'c'), { rules })
      .enter('a', 'b')
      .elapse('a', 'b');
    expect(room.elapseUntil(9).out).toEqual([]);
    expect(room.elapse().told).toEqual(['presences to a: +c -c', 'presences to b: +c -c']);
    expect(room.elapse().changed).toBe(false);
    expect(room.refusalOf('c')).toBe('not-invited');
  });

  test('are not those who have a seat, nor those who left', () => {
    const room = roomDriver(matched('a', 'b', 'c', 'd'), { rules })
      .enter('a', 'b', 'd')
      .elapse('a', 'b', 'd');
    room.at(8).seat('c').leave('d').elapseUntil(10);
    expect(room.told).toEqual([]);
    expect(room.join('c').hear('c').told.slice(-2)).toEqual([
      'presences to c: +a +b',
      'presences to c: +d -d',
    ]);
  });

  test('end the room openly when the host is one of them', () => {
    const room = roomDriver(matched('a', 'b', 'c'), { rules })
      .enter('b', 'c')
      .elapse('b', 'c')
      .elapseUntil(10);
    expect(room.told).toEqual(['9003 to b: host-left', '9003 to c: host-left', 'kick b', 'kick c']);
    expect(room.room.seats).toEqual([]);
  });

  test('end it for the host’s sake whoever else is missing', () => {
    const room = roomDriver(matched('a', 'b', 'c'), { rules: { minPlayers: 1 } }).enter('b');
    expect(room.elapse('b').elapseUntil(10).told).toEqual(['9003 to b: host-left', 'kick b']);
  });

  test('end the room openly when too few are left', () => {
    const room = roomDriver(matched('a', 'b', 'c'), { rules: { minPlayers: 3 } }).enter('a', 'b');
    expect(room.elapse('a', 'b').elapseUntil(10).told).toEqual([
      '9003 to b: too-few-players',
      '9003 to a: too-few-players',
      'kick b',
      'kick a',
    ]);
  });

  test('wait for those whose join is under way before the room is ended', () => {
    const room = roomDriver(matched('a', 'b', 'c'), { rules })
      .enter('b')
      .elapse('b')
      .at(9)
      .seat('c');
    expect(room.elapseUntil(10).told).toEqual([]);
    room.join('c').hear('c');
    expect(room.elapse('c').told).toEqual([
      '9003 to b: host-left',
      '9003 to c: host-left',
      'kick b',
      'kick c',
    ]);
  });

  test('do not end a game that has begun', () => {
    const room = roomDriver(matched('a', 'b', 'c'), { rules: { minPlayers: 2 } }).enter('a', 'b');
    room.sealBy(null);
    room.leave('b').elapse('a').elapseUntil(10);
    expect(room.told).toEqual(['presences to a: +c -c']);
    expect(room.member('a')).not.toBeNull();
  });
});
