import { created } from '../../kit/room/foundings.ts';
import { type RoomDriver, roomDriver } from '../../kit/room/room-driver.ts';
import type { LinkState } from '../../src/protocol/link-report.ts';
import type { Room } from '../../src/room/room.ts';

/** `a` and `b` announced themselves, `c` did not. */
function threeInRoom(): RoomDriver {
  const room = roomDriver(created('a'));
  room.announced.add('a').add('b');
  return room.enter('a', 'b', 'c');
}

/** As if nothing of links were left to tell. */
const told = (room: Room): Room => ({ ...room, linkNews: 'none' });

/** When the players hear of what `act` does to the room. */
function newsOf(room: RoomDriver, act: (room: RoomDriver) => void) {
  const { length } = room.at(room.tick + 1).alter(told).snapshots;
  act(room);
  return room.snapshots.length > length ? 'now' : room.room.linkNews;
}

const report = (from: string, peer: string, state: LinkState) => (room: RoomDriver) =>
  room.report(from, peer, state);

test('a link that only gets on is told later', () => {
  const room = threeInRoom();
  expect(newsOf(room, report('a', 'c', 'connected'))).toBe('later');
  expect(newsOf(room, report('a', 'c', 'connecting'))).toBe('later');
});

test('a report that leaves the link as it was is none', () => {
  expect(newsOf(threeInRoom(), report('a', 'b', 'connected'))).toBe('none');
});

test('that all are connected is told at once, and that they are not any more', () => {
  const room = threeInRoom();
  report('a', 'b', 'connected')(room);
  expect(newsOf(room, report('b', 'a', 'connected'))).toBe('later');
  expect(newsOf(room, report('a', 'c', 'connected'))).toBe('later');
  expect(newsOf(room, report('b', 'c', 'connected'))).toBe('now');
  expect(newsOf(room, report('b', 'c', 'connecting'))).toBe('now');
});

test('a link that failed is told at once, one that comes up after all is not', () => {
  const room = threeInRoom();
  expect(newsOf(room, report('a', 'b', 'failed'))).toBe('now');
  expect(newsOf(room, report('b', 'a', 'failed'))).toBe('none');
  report('a', 'b', 'connected')(room);
  expect(newsOf(room, report('b', 'a', 'connected'))).toBe('later');
});

test('links are told at once only once a tick, whoever reports what', () => {
  const room = threeInRoom();
  const { length } = room.snapshots;
  report('a', 'b', 'failed')(room);
  expect(room.snapshots).toHaveLength(length + 1);
  report('b', 'c', 'failed')(room);
  report('a', 'b', 'connecting')(room);
  report('a', 'b', 'failed')(room);
  expect(room.snapshots).toHaveLength(length + 1);
  expect(room.room.linkNews).toBe('later');
  expect(newsOf(room, report('a', 'c', 'failed'))).toBe('now');
});

test('links that took too long are told at once', () => {
  const room = threeInRoom().at(30);
  expect(newsOf(room, () => room.elapse('a', 'b', 'c'))).toBe('now');
});

test('everything else that players see is told at once', () => {
  const room = threeInRoom();
  expect(newsOf(room, () => room.attempt('d'))).toBe('now');
  expect(newsOf(room, () => room.join('d').hear('d'))).toBe('now');
  expect(newsOf(room, () => room.leave('d'))).toBe('now');
  expect(newsOf(room, () => room.leave('c'))).toBe('now');
});

test('nothing is news to players of whom none announced themselves, and everything to the first who does', () => {
  const room = roomDriver(created('a'));
  expect(newsOf(room, () => room.enter('a'))).toBe('none');
  room.announced.add('b');
  expect(newsOf(room, () => room.enter('b'))).toBe('now');
  expect(newsOf(room, () => room.leave('b'))).toBe('none');
});
