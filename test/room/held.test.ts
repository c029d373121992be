import { created, roomDriver } from '../../kit/room/room-driver.ts';

test('messages to a member who is not confirmed wait, and come after his 9002 in their order', () => {
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
  expect(room.room.held).toEqual([]);
});

test('messages from a member who waits for his peer id wait too: the others do not know him yet', () => {
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
  expect(room.room.held).toEqual([{ from: 'a', to: 'c', opCode: 9001, payload: '2' }]);
});

test('what waits is bounded for each target, and what is over is dropped and counted', () => {
  const room = roomDriver(created('a'), { rules: { heldMessages: 2 } })
    .enter('a')
    .seat('b', 'c');
  room.send('a', 'b', '1').send('a', 'b', '2').send('a', 'b', '3').send('a', 'c', '4');
  expect(room.room.held.map(({ payload }) => payload)).toEqual(['1', '2', '4']);
  expect(room.traffic).toMatchObject({ relayed: 3, dropped: { 'held-full': 1 } });
});

test('what waits for, or comes from, somebody who leaves is forgotten, and the rest is kept', () => {
  const room = roomDriver(created('m')).seat('a', 'b', 'c');
  room.send('a', 'b', '1').send('b', 'a', '2').send('c', 'b', '3').send('c', 'a', '4').leave('a');
  expect(room.room.held).toEqual([{ from: 'c', to: 'b', opCode: 9001, payload: '3' }]);
});
