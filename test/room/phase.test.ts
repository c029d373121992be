import { created, elected, matched, RULES } from '../../kit/room/foundings.ts';
import { type RoomDriver, roomDriver } from '../../kit/room/room-driver.ts';
import { openSeatsOf } from '../../src/room/door/capacity.ts';
import { areAllConfirmed, isOver, metricPhaseOf, phaseOf } from '../../src/room/phase.ts';

const isOverAt = (room: RoomDriver, tick: number) => isOver(room.room, tick);

describe('the phase', () => {
  test('is waiting until somebody is confirmed, then gathering below min_players, then ready', () => {
    const room = roomDriver(elected);
    expect(phaseOf(room.seat('a').join('a').room)).toBe('waiting');
    expect(phaseOf(room.hear('a').room)).toBe('gathering');
    expect(phaseOf(room.enter('b').room)).toBe('ready');
    expect(phaseOf(room.leave('b').room)).toBe('gathering');
  });

  test('does not go back to waiting when everybody has left', () => {
    expect(phaseOf(roomDriver(elected).enter('a').leave('a').room)).toBe('gathering');
  });

  test('is sealed while sealed or shutting down, and closed once the host has left', () => {
    const room = roomDriver(created('a')).enter('a', 'b').shutDown();
    expect(phaseOf(room.room)).toBe('sealed');
    expect(phaseOf(room.leave('a').room)).toBe('closed');
  });
});

test('for the metrics, a room that carries another game is plain whatever its phase', () => {
  const room = roomDriver(elected).enter('a').room;
  expect(metricPhaseOf(room)).toBe('gathering');
  expect(metricPhaseOf({ ...room, language: 'plain' })).toBe('plain');
});

describe('all are confirmed', () => {
  test('where nobody is invited, once enough have come and none is on their way', () => {
    const room = roomDriver(elected);
    expect(areAllConfirmed(room.enter('a').room)).toBe(false);
    expect(areAllConfirmed(room.enter('b').room)).toBe(true);
    expect(areAllConfirmed(room.seat('c').room)).toBe(false);
  });

  test('of a matched room, once all are in whom the matchmaker put together and who still can be', () => {
    const room = roomDriver(matched('a', 'b', 'c'));
    expect(areAllConfirmed(room.room)).toBe(false);
    expect(areAllConfirmed(room.enter('a', 'b').room)).toBe(false);
    expect(areAllConfirmed(room.enter('c').room)).toBe(true);
    expect(areAllConfirmed(room.leave('c').room)).toBe(true);
    expect(areAllConfirmed(room.leave('a', 'b').room)).toBe(false);
  });
});

describe('open seats', () => {
  test('are those that nobody has taken, reserved or is kept', () => {
    const room = roomDriver(created('a'));
    expect(openSeatsOf(room.room)).toBe(3);
    expect(openSeatsOf(room.seat('b').room)).toBe(2);
    expect(openSeatsOf(room.enter('a').room)).toBe(2);
    expect(openSeatsOf(room.leave('b').room)).toBe(3);
  });

  test('are none in a sealed, a closed or a matched room', () => {
    const room = roomDriver(created('a')).enter('a', 'b');
    room.sealBy(null);
    expect(openSeatsOf(room.room)).toBe(0);
    room.sealBy(null, false);
    expect(openSeatsOf(room.room)).toBe(2);
    expect(openSeatsOf(room.leave('a').room)).toBe(0);
    expect(openSeatsOf(roomDriver(matched('a', 'b')).room)).toBe(0);
  });
});

describe('a room is over', () => {
  test('never while somebody is in it or has a seat', () => {
    expect(isOverAt(roomDriver(elected).seat('a'), 1000)).toBe(false);
    expect(isOverAt(roomDriver(created('a')).enter('a', 'b').leave('a').shutDown(), 1000)).toBe(false);
  });

  test('when nobody ever joined it for its time', () => {
    const room = roomDriver(elected);
    expect(isOverAt(room, RULES.unjoinedTicks - 1)).toBe(false);
    expect(isOverAt(room, RULES.unjoinedTicks)).toBe(true);
  });

  test('when everybody has left it for its time, counted from the last one', () => {
    const room = roomDriver(elected).enter('a').at(7).leave('a');
    expect(isOverAt(room, 7 + RULES.emptyTicks - 1)).toBe(false);
    expect(isOverAt(room, 7 + RULES.emptyTicks)).toBe(true);
  });

  test('not at once when a reservation that nobody took was given up', () => {
    const room = roomDriver(elected).seat('a').elapseUntil(RULES.seatTicks);
    expect(isOverAt(room, RULES.seatTicks + RULES.unjoinedTicks - 1)).toBe(false);
    expect(isOverAt(room, RULES.seatTicks + RULES.unjoinedTicks)).toBe(true);
  });

  test.each([
    [
      'the last one left after the host',
      roomDriver(created('a')).enter('a', 'b').at(7).leave('a').leave('b'),
    ],
    ['they left while the server shuts down', roomDriver(elected).enter('a').shutDown().at(7).leave('a')],
    ['every matched player left', roomDriver(matched('a')).enter('a').at(7).leave('a')],
  ])('two ticks after %s: what they sent last may still be on its way', (_title, room) => {
    expect(isOverAt(room, 8)).toBe(false);
    expect(isOverAt(room, 9)).toBe(true);
  });

  test('not while a matched player may still come', () => {
    expect(isOverAt(roomDriver(matched('a', 'b')).enter('b').leave('b'), 9)).toBe(false);
  });
});
