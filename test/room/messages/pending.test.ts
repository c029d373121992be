import { created, elected } from '../../../kit/room/foundings.ts';
import { type RoomDriver, roomDriver } from '../../../kit/room/room-driver.ts';
import { canWait, wait } from '../../../src/room/messages/pending.ts';
import type { Room } from '../../../src/room/room.ts';
import { seatWith } from '../../../src/room/seats/seats.ts';

const waitingIn = ({ room }: RoomDriver) =>
  room.pending.queues.flatMap(({ to, messages }) =>
    messages.map(({ from, payload }) => `${nameOf(room, from)} → ${nameOf(room, to)}: ${payload}`),
  );

const nameOf = (room: Room, id: number) => seatWith(room, id)?.sessionId;

test('messages to a member who is not confirmed wait, and come after their 9002 in their order', () => {
  const room = roomDriver(created('a')).enter('a', 'b').seat('c').join('c');
  room.send('a', 'c', '1').send('b', 'c', '2').send('a', 'c', '3');
  expect(room.sent.some(({ to }) => to.sessionId === 'c')).toBe(false);
  expect(room.hear('c').told).toEqual([
    '9002 to c: c3 a1 b2',
    '9002 to a: a1 b2 c3',
    '9002 to b: b2 a1 c3',
    'a → c: 1',
    'b → c: 2',
    'a → c: 3',
  ]);
  expect(room.room.pending).toEqual({ queues: [], shares: [] });
});

test('messages from a member who waits for their peer id wait too: the others do not know them yet', () => {
  const room = roomDriver(created('a')).enter('b').seat('a');
  room.send('b', 'a', '1');
  expect(room.out).toEqual([]);
  expect(room.join('a').hear('a').told.slice(2)).toEqual(['b → a: 1']);
});

test('a message that confirms its sender comes after the 9002s it brings about', () => {
  const room = roomDriver(created('a')).enter('a').seat('b').join('b').send('b', 'a', 'first');
  expect(room.told).toEqual(['9002 to b: b2 a1', '9002 to a: a1 b2', 'b → a: first']);
});

test('a message from a session that Nakama has not reported yet waits for its join', () => {
  const room = roomDriver(created('a')).enter('a').seat('b').send('b', 'a', 'early');
  expect(room.out).toEqual([]);
  expect(room.join('b').told).toEqual(['9002 to b: b2 a1', '9002 to a: a1 b2', 'b → a: early']);
});

test('what waits between two of whom only one is introduced goes on waiting', () => {
  const room = roomDriver(created('a')).enter('a').seat('b', 'c').send('a', 'b', '1').send('a', 'c', '2');
  room.join('b').hear('b');
  expect(room.told.at(-1)).toBe('a → b: 1');
  expect(waitingIn(room)).toEqual(['a → c: 2']);
});

test('what waits is bounded for each target, and what is over is dropped and counted', () => {
  const room = roomDriver(created('a'), { rules: { heldMessages: 2 } })
    .enter('a')
    .seat('b', 'c');
  room.send('a', 'b', '1').send('a', 'b', '2').send('a', 'b', '3').send('a', 'c', '4');
  expect(waitingIn(room)).toEqual(['a → b: 1', 'a → b: 2', 'a → c: 4']);
  expect(room.traffic).toMatchObject({ relayed: 3, dropped: { 'held-full': 1 } });
});

test('what waits for, or comes from, somebody who leaves is forgotten, and the rest is kept', () => {
  const room = roomDriver(created('m')).seat('a', 'b', 'c');
  room.send('a', 'b', '1').send('b', 'a', '2').send('c', 'b', '3').send('c', 'a', '4').leave('a');
  expect(waitingIn(room)).toEqual(['c → b: 3']);
  expect(room.room.pending.shares.map(({ from }) => nameOf(room.room, from))).toEqual(['c']);
});

describe('bytes that wait', () => {
  /** Of 750 bytes; a sender may have 4 of them waiting in a room of 4 seats of 750 bytes each, and the room 32. */
  const LARGE = 'x'.repeat(1000);
  const inRoom = (maxPlayers: number) =>
    roomDriver(elected, {
      rules: { maxMessageBytes: 750, heldMessages: 1000, descriptionBurst: 64, maxPlayers },
    });

  test('are bounded for each sender, over all targets, and free again once they are on their way', () => {
    const room = inRoom(4).seat('a', 'b', 'c');
    for (let sent = 0; sent < 3; sent++) room.send('a', 'b', LARGE).send('a', 'c', LARGE);
    expect(room.traffic).toMatchObject({ relayed: 4, dropped: { 'held-full': 2 } });
    expect(room.send('b', 'c', LARGE).traffic.relayed).toBe(5);
    room.leave('c');
    for (let sent = 0; sent < 3; sent++) room.send('a', 'b', LARGE);
    expect(room.traffic).toMatchObject({ relayed: 7, dropped: { 'held-full': 3 } });
  });

  test('are bounded for the room, whoever sends them', () => {
    const seats = Array.from({ length: 10 }, (_, index) => `s${index}`);
    const room = inRoom(10).seat(...seats);
    for (const from of seats)
      for (let sent = 0; sent < 10; sent++) room.send(from, from === 's0' ? 's1' : 's0', LARGE);
    expect(room.traffic).toMatchObject({ relayed: 80, dropped: { 'held-full': 20 } });
  });

  test('let through what a room needs where all meet at once: a description of 4 KB and 20 candidates for each', () => {
    const { room } = roomDriver(elected, {
      rules: { maxMessageBytes: 16_384, heldMessages: 512, maxPlayers: 16 },
    });
    const seats = Array.from({ length: 16 }, (_, index) => index + 1);
    const messages = [4096, ...Array.from({ length: 20 }, () => 200)].map((bytes) => Buffer.alloc(bytes));
    const all = seats.flatMap((from) =>
      seats
        .filter((seat) => seat !== from)
        .flatMap((to) =>
          messages.map((data) => ({
            to,
            from,
            opCode: 9001,
            reliable: true,
            payload: data.toString('base64'),
          })),
        ),
    );
    const full = all.reduce((before, { to, ...message }) => {
      expect(canWait(before, to, message)).toBe(true);
      return wait(before, to, message);
    }, room);
    expect(full.pending.queues).toHaveLength(16);
  });
});
