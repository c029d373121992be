import { created } from '../../../kit/room/foundings.ts';
import { roomDriver } from '../../../kit/room/room-driver.ts';

const inRoom = (...announced: string[]) => {
  const room = roomDriver(created('a'));
  for (const who of announced) room.announced.add(who);
  return room.enter('a', 'b', 'c');
};
const viewIn = ({ snapshots }: ReturnType<typeof inRoom>) => snapshots.at(-1)?.view;
const sealReady = { name: 'seal', sealed: true, force: true, requireReady: true, term: null } as const;
const asHost = { userId: 'user-a' };

test('what players say of themselves is shown to all, until they leave', () => {
  const room = inRoom('a', 'b').status('b', { ready: true, properties: [{ key: 'team', value: 'red' }] });
  expect(viewIn(room)?.players.map(({ peerId, ready, properties }) => [peerId, ready, properties])).toEqual([
    [1, false, []],
    [2, true, [{ key: 'team', value: 'red' }]],
    [3, false, []],
  ]);
  room.status('b', { ready: false });
  expect(viewIn(room)?.players[1]).toMatchObject({
    ready: false,
    properties: [{ key: 'team', value: 'red' }],
  });
  expect(room.leave('b').room.statuses).toEqual([]);
});

test('all are ready when all are who can say so', () => {
  const room = inRoom('a', 'b');
  expect(room.status('a', { ready: true }).command(asHost, sealReady)).toBe('not-ready');
  expect(viewIn(room)?.allReady).toBe(false);
  room.status('b', { ready: true });
  expect(viewIn(room)?.allReady).toBe(true);
  expect(room.command(asHost, sealReady)).toBeNull();
  expect(inRoom().command(asHost, sealReady)).toBe('not-ready');
});

test('without being asked for, readiness keeps no game from beginning', () => {
  expect(inRoom('a', 'b').command(asHost, { ...sealReady, requireReady: false })).toBeNull();
});

test('somebody who is away neither keeps the others waiting nor stands in for one who is not ready', () => {
  const room = inRoom('a', 'b', 'c').status('a', { ready: true }).status('b', { ready: true });
  room.disconnect('c');
  expect(viewIn(room)?.allReady).toBe(true);
  room.status('b', { ready: false });
  room.disconnect('a');
  expect(viewIn(room)?.allReady).toBe(false);
  room.comeBack('a.1', 'a', 1);
  expect(viewIn(room)?.players[0]).toMatchObject({ ready: true });
});

test('for another game everybody says it anew; what else they said of themselves stays', () => {
  const room = inRoom('a', 'b')
    .status('a', { ready: true })
    .status('b', { ready: true, properties: [{ key: 'k', value: 1 }] });
  room.command(asHost, sealReady);
  room.sealBy(asHost, false);
  expect(viewIn(room)?.players.map(({ ready, properties }) => [ready, properties])).toEqual([
    [false, []],
    [false, [{ key: 'k', value: 1 }]],
    [false, []],
  ]);
});

test('only players who announced themselves are heard, and eight times within the time of a budget', () => {
  const room = inRoom('a', 'b');
  expect(room.status('c', { ready: true }).room.statuses).toEqual([]);
  let changes = 0;
  for (let time = 0; time < 20; time++) if (room.status('a', { ready: time % 2 === 0 }).changed) changes++;
  expect(changes).toBe(8);
});
