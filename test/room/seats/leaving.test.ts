import { adoptedBy, created, elected, matched, person } from '../../../kit/room/foundings.ts';
import { roomDriver } from '../../../kit/room/room-driver.ts';

describe('a member is confirmed', () => {
  test.each([
    ['join, then the after-join signal', ['join', 'hear']],
    ['the signal, then join', ['hear', 'join']],
    ['both again', ['join', 'hear', 'hear', 'join']],
    ['a message, then join', ['send', 'join']],
    ['join, then a message', ['join', 'send']],
  ] as const)('by %s, once', (_title, events) => {
    const room = roomDriver(created('a')).enter('a').seat('b');
    for (const event of events) event === 'send' ? room.send('b', 'x') : room[event]('b');
    const toB = room.sent.filter(({ type, to }) => type === 'join-success' && to.sessionId === 'b');
    expect(toB).toHaveLength(1);
  });

  test('neither by the join alone nor by the signal alone', () => {
    const room = roomDriver(created('a')).enter('a').seat('b', 'c').join('b').hear('c');
    expect(room.peerIds).toEqual({ a: 1 });
  });

  test('several at once when Nakama reports their joins together', () => {
    const room = roomDriver(created('a')).seat('a', 'b').hear('a').hear('b').join('a', 'b');
    expect(room.peerIds).toEqual({ a: 1, b: 2 });
    expect(room.told).toEqual(['9002 to a: a1 b2', '9002 to b: b2 a1']);
  });
});

test('what is already known changes nothing', () => {
  const room = roomDriver(created('a')).enter('a', 'b');
  expect(room.join('a', 'b').changed).toBe(false);
  expect(room.hear('a').changed).toBe(false);
  expect(room.out).toEqual([]);
});

test('strangers that join, are heard or leave change nothing', () => {
  const room = roomDriver(created('a')).enter('a');
  expect(room.join('x').changed).toBe(false);
  expect(room.hear('x').changed).toBe(false);
  expect(room.leave('x', 'y').changed).toBe(false);
  expect(room.leave().changed).toBe(false);
});

describe('leaving', () => {
  test('of somebody who is not the host frees their seat and keeps the room open', () => {
    const room = roomDriver(created('a'), { rules: { maxPlayers: 2 } }).enter('a', 'b');
    expect(room.refusalOf('c')).toBe('match-full');
    expect(room.leave('b').refusalOf('c')).toBeNull();
  });

  test('of the host closes the room, and the others stay', () => {
    const room = roomDriver(created('a')).enter('a', 'b').leave('a');
    expect(room.hostLeft).toBe(true);
    expect(room.peerIds).toEqual({ b: 2 });
    expect(room.refusalOf('c')).toBe('host-left');
  });

  test('of a creator before they were introduced lets them come back to their kept seat', () => {
    const room = roomDriver(created('a')).seat('a').join('a').leave('a').enter('b');
    expect(room.hostLeft).toBe(false);
    expect(room.enter('a').peerIds).toEqual({ a: 1, b: 2 });
  });

  test('of the lowest invited closes a matched room only when they were there', () => {
    const came = roomDriver(matched('a', 'b', 'c'))
      .enter('a', 'b')
      .leave('a');
    const didNot = roomDriver(matched('a', 'b', 'c'))
      .seat('a')
      .leave('a');
    expect([came.hostLeft, didNot.hostLeft]).toEqual([true, false]);
  });

  test('of everybody at once is one step, strangers among them', () => {
    const room = roomDriver(created('a')).enter('a', 'b').at(7).leave('x', 'b', 'a');
    expect(room.room).toMatchObject({ seats: [], emptySince: 7 });
    expect(room.hostLeft).toBe(true);
  });

  test('remembers since when the room is empty', () => {
    const room = roomDriver(elected).seat('a', 'b').at(5).leave('a');
    expect(room.room.emptySince).toBe(0);
    expect(room.at(8).leave('b').room.emptySince).toBe(8);
  });
});

describe('ghosts: a leave may overtake what was just told', () => {
  test('of whoever leaves soon after members were told of them, the leave is told again', () => {
    const room = roomDriver(created('a')).at(5).enter('a', 'b', 'c').at(7).leave('c');
    expect(room.told).toEqual(['presences to a: -c', 'presences to b: -c']);
    expect(room.out[0]).toMatchObject({ leaves: [person('c')], joins: [] });
  });

  test('the same holds when members were just told of somebody else', () => {
    const room = roomDriver(created('a')).enter('a', 'b').at(50).enter('c').leave('b');
    expect(room.told).toEqual(['presences to a: -b', 'presences to c: -b']);
  });

  test('nothing is repeated later, nor of somebody who was not introduced', () => {
    const room = roomDriver(created('a')).enter('a', 'b').seat('c').join('c');
    expect(room.leave('c').told).toEqual([]);
    expect(room.at(3).leave('b').told).toEqual([]);
  });

  test('two who leave at once are not told of each other', () => {
    const room = roomDriver(created('a')).enter('a', 'b', 'c').leave('c', 'b');
    expect(room.told).toEqual(['presences to a: -c', 'presences to a: -b']);
  });

  test('that the host left is told to those only who may not know: a second leave of peer 1 breaks the addon', () => {
    const room = roomDriver(created('a')).enter('a', 'b').at(10).enter('c').at(12).leave('a');
    expect(room.elapse('b', 'c').told).toEqual(['9003 to c: host-left']);
    expect(room.member('c')).not.toBeNull();
    expect(room.elapse('b', 'c').told).toEqual([]);
  });

  test('and not at once: whoever left at the first word of it hears no second', () => {
    const room = roomDriver(matched('a', 'b', 'c'))
      .enter('a', 'b', 'c')
      .leave('a');
    expect(room.told).toEqual([]);
    expect(room.leave('b').elapse('c').told).toEqual(['9003 to c: host-left']);
  });

  test('an adopted room’s host, who may just have been asked to let somebody in, is told when they leave soon', () => {
    const joined = () => roomDriver(adoptedBy('h')).hear('h').enter('b', 'c');
    expect(joined().at(2).leave('c').told).toEqual([]);
    const request = { type: 'join-request', clientVersion: 'dev', spectator: false } as const;
    expect(joined().at(9).say('c', request, 'R').at(11).leave('c').told).toEqual(['presences to h: -c']);
    expect(joined().at(9).say('c', request, 'R').at(12).leave('c').told).toEqual([]);
  });

  test('players who announced themselves are told the room instead', () => {
    const entered = () => {
      const room = roomDriver(created('a'));
      room.announced.add('b');
      return room.enter('a', 'b', 'c');
    };
    expect(entered().leave('c').told).toEqual(['presences to a: -c']);
    expect(entered().leave('a').elapse('b', 'c').told).toEqual(['9003 to c: host-left']);
  });
});
