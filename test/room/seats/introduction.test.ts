import { created, elected, matched, person } from '../../../kit/room/foundings.ts';
import { roomDriver } from '../../../kit/room/room-driver.ts';

describe('a created room', () => {
  test('makes its creator peer 1 and gives the others the next ids in join order', () => {
    expect(roomDriver(created('m')).enter('m', 'z', 'a').peerIds).toEqual({ m: 1, z: 2, a: 3 });
  });

  test('lets whoever comes first wait for the creator, then tells all, newcomers in the order of their ids', () => {
    const room = roomDriver(created('m')).enter('z', 'a');
    expect(room.sent).toEqual([]);
    room.enter('m');
    expect(room.peerIds).toEqual({ m: 1, z: 2, a: 3 });
    expect(room.told).toEqual(['9002 to z: z2 a3 m1', '9002 to a: a3 z2 m1', '9002 to m: m1 z2 a3']);
  });

  test('waits for the creator’s confirmation, not only for their join', () => {
    const room = roomDriver(created('m')).enter('a').seat('m').join('m');
    expect(room.peerIds).toEqual({});
    expect(room.hear('m').peerIds).toEqual({ m: 1, a: 2 });
  });

  test('knows the creator by user when they made it over HTTP', () => {
    const mine = { ...person('s'), userId: 'user-m' };
    expect(roomDriver(created(null, 'user-m')).enter('a', mine).peerIds).toEqual({ s: 1, a: 2 });
  });

  test('takes the first of two sockets of such a creator for them', () => {
    const [first, second] = [person('y'), person('x')].map((who) => ({ ...who, userId: 'user-m' }));
    const room = roomDriver(created(null, 'user-m'))
      .seat(first as never)
      .enter(second as never);
    expect(room.peerIds).toEqual({});
    expect(room.join('y').hear('y').peerIds).toEqual({ y: 1, x: 2 });
  });

  test('introduces its creator alone, below min_players', () => {
    expect(roomDriver(created('m')).enter('m').told).toEqual(['9002 to m: m1']);
  });
});

describe('a room that elects', () => {
  test('tells nobody anything below min_players', () => {
    expect(roomDriver(elected, { rules: { minPlayers: 3 } }).enter('b', 'c').sent).toEqual([]);
  });

  test('makes the lowest session id peer 1 once min_players are confirmed, and the rest follow sorted', () => {
    const room = roomDriver(elected, { rules: { minPlayers: 3 } })
      .seat('a')
      .enter('d', 'c')
      .enter('b');
    expect(room.peerIds).toEqual({ b: 1, c: 2, d: 3 });
    expect(room.told).toEqual(['9002 to d: d3 c2 b1', '9002 to c: c2 d3 b1', '9002 to b: b1 d3 c2']);
  });

  test('gives whoever comes after that the next id, a lower session id too', () => {
    expect(roomDriver(elected).enter('c', 'b', 'a').peerIds).toEqual({ b: 1, c: 2, a: 3 });
  });

  test('counts only those who are still here', () => {
    const room = roomDriver(elected).enter('a').leave('a').enter('b');
    expect(room.peerIds).toEqual({});
    expect(room.enter('c').peerIds).toEqual({ b: 1, c: 2 });
  });
});

describe('a matched room', () => {
  test('gives peer ids by sorted session id of the invited, whoever comes, in whatever order', () => {
    const room = roomDriver(matched('c', 'a', 'b')).enter('c');
    expect(room.peerIds).toEqual({ c: 3 });
    expect(room.enter('b', 'a').peerIds).toEqual({ a: 1, b: 2, c: 3 });
  });

  test('sends no 9002, but repairs presences: the others to a newcomer, the newcomer to the others', () => {
    const room = roomDriver(matched('a', 'b', 'c')).enter('c');
    expect(room.sent).toEqual([]);
    expect(room.enter('a').told).toEqual(['presences to c: +a', 'presences to a: +c']);
    expect(room.enter('b').told).toEqual([
      'presences to c: +b',
      'presences to a: +b',
      'presences to b: +c +a',
    ]);
  });

  test('tells two who are confirmed at once of each other, once', () => {
    const room = roomDriver(matched('a', 'b', 'c'))
      .enter('c')
      .seat('a', 'b')
      .hear('a')
      .hear('b')
      .join('a', 'b');
    expect(room.told).toEqual(['presences to c: +a +b', 'presences to a: +c +b', 'presences to b: +c +a']);
  });

  test('tells only confirmed members, and of confirmed members', () => {
    const room = roomDriver(matched('a', 'b', 'c'))
      .seat('b')
      .join('b')
      .enter('a', 'c');
    expect(room.told).toEqual(['presences to a: +c', 'presences to c: +a']);
  });

  test('tells a newcomer who of the invited has left, as a join and a leave', () => {
    const room = roomDriver(matched('a', 'b', 'c'))
      .enter('a', 'c')
      .leave('c')
      .enter('b');
    expect(room.told).toEqual(['presences to a: +b', 'presences to b: +a', 'presences to b: +c -c']);
  });
});

describe('a 9002', () => {
  test('goes to the joiner first, then to the others, each listed first in their own', () => {
    const room = roomDriver(created('a')).enter('a', 'b', 'c');
    expect(room.told).toEqual(['9002 to c: c3 a1 b2', '9002 to a: a1 b2 c3', '9002 to b: b2 a1 c3']);
  });

  test('neither lists nor reaches members who are not confirmed', () => {
    const room = roomDriver(created('a')).enter('a').seat('c', 'd').join('d').enter('b');
    expect(room.told).toEqual(['9002 to b: b2 a1', '9002 to a: a1 b2']);
  });

  test('tells each member with user, name and version as they are', () => {
    const [out] = roomDriver(created('a'), { version: '1.0' }).enter('a').out;
    expect(out).toMatchObject({
      type: 'join-success',
      to: person('a'),
      clientVersion: '1.0',
      players: [{ ...person('a'), peerId: 1 }],
    });
  });
});

test('peer ids are never given twice', () => {
  const room = roomDriver(created('a')).enter('a', 'b', 'c').leave('c').enter('c').leave('b', 'c').enter('b');
  expect(room.peerIds).toEqual({ a: 1, b: 5 });
});

test('who is confirmed only after the host left is told so and sent away', () => {
  const room = roomDriver(created('a')).enter('a').seat('b').join('b').leave('a').hear('b');
  expect(room.told).toEqual(['9003 to b: host-left', 'kick b']);
  expect(room.member('b')).toBeNull();
});

test('who was confirmed and waits while the host of a created room never was, is not sent away', () => {
  const room = roomDriver(created('m')).enter('a').seat('m').leave('m');
  expect(room.member('a')).not.toBeNull();
  expect(room.enter('m').peerIds).toEqual({ m: 1, a: 2 });
});
