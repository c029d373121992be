import { created } from '../../../kit/room/foundings.ts';
import { type RoomDriver, roomDriver } from '../../../kit/room/room-driver.ts';
import type { Rules } from '../../../src/room/room.ts';

function threeInRoom(rules: Partial<Rules> = {}): RoomDriver {
  const room = roomDriver(created('a'), { rules: { onHostLeft: 'migrate', ...rules } });
  for (const one of ['a', 'b', 'c']) room.announced.add(one);
  return room.enter('a', 'b', 'c');
}

const save = (room: RoomDriver, from: string, payload: string, bytes = 5) =>
  room.receive({ from, opCode: 9013, payload, bytes });

test('a new host gets the newest, after the snapshot that names them', () => {
  const room = save(save(threeInRoom(), 'a', 'one'), 'a', 'two').leave('a');
  expect(room.kept.map(({ payload }) => payload)).toEqual(['one', 'two']);
  expect(room.all.map(({ type }) => type)).toEqual(['snapshot', 'checkpoint']);
  expect(room.told).toEqual(['9014 to b: 1.2']);
});

test('nobody gets one where none was left', () => {
  expect(threeInRoom().leave('a').told).toEqual([]);
});

test('a host who comes back without their game’s state gets it, and one who kept it does not', () => {
  const room = save(threeInRoom(), 'a', 'one').disconnect('a');
  expect(room.comeBack('a.1', 'a', 1).told).not.toContain('9014 to a.1: 1.1');
  room.disconnect('a.1');
  expect(room.comeBack('a.2', 'a', 1, true).told).toEqual(['9002 to a.2: a.21 b2 c3', '9014 to a.2: 1.1']);
});

test('the numbers go on through terms', () => {
  const room = save(threeInRoom(), 'a', 'one').leave('a');
  expect(save(room, 'b', 'two').leave('b').told).toEqual(['9014 to c: 2.2']);
});

test.each([
  ['who is not the host', 'b', 5, 'unknown-opcode'],
  ['which is too long', 'a', 1001, 'oversized'],
  ['which is empty', 'a', 0, 'malformed'],
])('nothing is kept of a checkpoint of somebody %s', (_whose, from, bytes, why) => {
  const room = save(threeInRoom(), from, 'x', bytes);
  expect([room.kept, room.traffic.dropped]).toEqual([[], { [why]: 1 }]);
});

test('nothing is kept where none may be', () => {
  expect(save(threeInRoom({ checkpointBytes: 0 }), 'a', 'x').kept).toEqual([]);
});

test('once a second, four at once', () => {
  const room = threeInRoom();
  for (let nth = 0; nth < 6; nth++) save(room, 'a', `${nth}`);
  expect(room.kept).toHaveLength(4);
  save(save(room.at(1), 'a', 'next'), 'a', 'too early');
  expect(room.kept.map(({ payload }) => payload)).toEqual(['0', '1', '2', '3', 'next']);
});

test('it is kept again before it is forgotten', () => {
  const room = save(threeInRoom(), 'a', 'one').at(1799).elapse('a', 'b', 'c');
  expect(room.kept).toHaveLength(1);
  room.elapse('a', 'b', 'c');
  expect(room.kept.map(({ payload }) => payload)).toEqual(['one', null]);
});
