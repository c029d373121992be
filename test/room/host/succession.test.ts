import { created, elected } from '../../../kit/room/foundings.ts';
import { type RoomDriver, roomDriver } from '../../../kit/room/room-driver.ts';
import { labelOf } from '../../../src/room/label-of.ts';
import type { Rules } from '../../../src/room/room.ts';

/** All are announced and linked with each other. */
function roomOf(who: readonly string[], rules: Partial<Rules> = {}): RoomDriver {
  const room = roomDriver(created('a'), { rules: { onHostLeft: 'migrate', ...rules } });
  for (const one of who) room.announced.add(one);
  room.enter(...who);
  for (const one of who) {
    for (const other of who) if (one !== other) room.report(one, other, 'connected');
  }
  return room;
}

const hostIn = ({ room: { host } }: RoomDriver) => host && `${host.peerId} in term ${host.term}`;
const ALL = ['a', 'b', 'c', 'd'];
const A = { userId: 'user-a' };

test('when the host leaves, who came first of the others is host at once', () => {
  const room = roomOf(ALL).leave('a');
  expect(hostIn(room)).toBe('2 in term 2');
  expect(room.snapshots.at(-1)?.view.host).toMatchObject({ peerId: 2, term: 2 });
  expect(labelOf(room.room)).toMatchObject({ host: 'name-b', phase: 'ready', openSeats: 1 });
});

test('two hosts in a row leave', () => {
  expect(hostIn(roomOf(ALL).leave('a').leave('b'))).toBe('3 in term 3');
  expect(hostIn(roomOf(ALL).leave('a', 'b'))).toBe('3 in term 2');
});

test('in a room that closes with its host nobody follows', () => {
  const room = roomOf(ALL, { onHostLeft: 'close' }).leave('a');
  expect([hostIn(room), room.hostLeft]).toEqual(['1 in term 1', true]);
});

test('a room of clients that do not announce themselves closes with its host', () => {
  const room = roomDriver(elected, { rules: { onHostLeft: 'migrate' } })
    .enter('a', 'b')
    .leave('a');
  expect(room.hostLeft).toBe(true);
});

test('a blip of the host’s socket changes nothing', () => {
  const room = roomOf(ALL).disconnect('a').elapseUntil(3, 'b', 'c', 'd').comeBack('a.1', 'a', 1);
  expect(hostIn(room)).toBe('1 in term 1');
});

test('a host who is away is followed when nobody reaches them any more', () => {
  const room = roomOf(ALL).disconnect('a').report('b', 'a', 'failed').report('c', 'a', 'connecting');
  expect(hostIn(room)).toBe('1 in term 1');
  expect(hostIn(room.report('d', 'a', 'failed'))).toBe('2 in term 2');
  expect(room.member('a')?.stage).toBe('away');
});

test('a host whose links were lost before their socket is followed, but not one whose page went away', () => {
  const lost = (room: RoomDriver) => {
    for (const one of ['b', 'c', 'd']) room.report(one, 'a', 'connecting');
    return room.disconnect('a');
  };
  expect(hostIn(lost(roomOf(ALL)))).toBe('2 in term 2');
  expect(hostIn(lost(roomOf(ALL).status('a', { leaving: true })))).toBe('1 in term 1');
});

test('a host who reloads stays host, though they have no links any more', () => {
  const room = roomOf(ALL).disconnect('a').comeBack('a.1', 'a', 1, true);
  expect(hostIn(room)).toBe('1 in term 1');
  expect(room.snapshots.at(-1)?.view.links[0]?.state).toBe('connecting');
});

test('a killed host, too, of whom links say nothing, but whose game does not answer', () => {
  const room = roomOf(ALL).disconnect('a');
  for (const one of ['b', 'c', 'd']) room.report(one, 'a', 'connected', { silent: true });
  expect(hostIn(room)).toBe('2 in term 2');
});

test('nobody follows a host whose links fail while their socket lives', () => {
  const room = roomOf(ALL);
  for (const one of ['b', 'c', 'd']) room.report(one, 'a', 'failed');
  expect(hostIn(room)).toBe('1 in term 1');
});

test('a host who is away is followed when the time of their seat is over', () => {
  const room = roomOf(['a', 'b']).disconnect('a').elapseUntil(29, 'b');
  expect(hostIn(room)).toBe('1 in term 1');
  expect(hostIn(room.elapse('b'))).toBe('2 in term 2');
  expect(room.resume('a.1', 'a', 1)).toBe('seat-gone');
});

test('as long as two reach them they host on, for five minutes at most', () => {
  const room = roomOf(['a', 'b', 'c']).disconnect('a').elapseUntil(299, 'b', 'c');
  expect(hostIn(room)).toBe('1 in term 1');
  expect(hostIn(room.elapse('b', 'c'))).toBe('2 in term 2');
});

test('they stop hosting when only one reaches them', () => {
  const room = roomOf(['a', 'b', 'c']).disconnect('a').elapseUntil(60, 'b', 'c');
  expect(hostIn(room)).toBe('1 in term 1');
  expect(hostIn(room.report('b', 'a', 'failed').elapse('b', 'c'))).toBe('2 in term 2');
});

test('a host who comes back is a player like the others', () => {
  const room = roomOf(ALL).disconnect('a');
  for (const one of ['b', 'c', 'd']) room.report(one, 'a', 'failed');
  room.comeBack('a.1', 'a', 1);
  expect(hostIn(room)).toBe('2 in term 2');
  expect(room.member('a.1')).toMatchObject({ peerId: 1, stage: 'introduced' });
  expect(room.sealBy({ userId: 'user-a' })).toBe('not-host');
});

test('when host and heir die together, the next one follows', () => {
  const room = roomOf(ALL).disconnect('a', 'b');
  room.report('c', 'a', 'failed').report('d', 'a', 'failed');
  expect(hostIn(room)).toBe('3 in term 2');
});

test('when all are away and the host’s time is over, whoever comes back first is host', () => {
  const room = roomOf(['a', 'b', 'c'], { awayTicks: 10 });
  room.disconnect('a').at(5).disconnect('b', 'c').elapseUntil(12);
  expect([room.member('a'), hostIn(room), room.hostLeft]).toEqual([null, '1 in term 1', false]);
  expect(hostIn(room.comeBack('c.1', 'c', 3))).toBe('3 in term 2');
});

test('a game in the background for 20 s has another host', () => {
  const room = roomOf(['a', 'b']).at(3).status('a', { background: true }).elapseUntil(22, 'a', 'b');
  expect(hostIn(room)).toBe('1 in term 1');
  expect(hostIn(room.elapse('a', 'b'))).toBe('2 in term 2');
});

test('not if it came back before', () => {
  const room = roomOf(['a', 'b']).status('a', { background: true }).at(19).status('a', { background: false });
  expect(hostIn(room.elapseUntil(60, 'a', 'b'))).toBe('1 in term 1');
});

test('nor while nobody else looks at their game either', () => {
  const room = roomOf(['a', 'b']).status('a', { background: true }).status('b', { background: true });
  expect(hostIn(room.elapseUntil(60, 'a', 'b'))).toBe('1 in term 1');
  expect(hostIn(room.status('b', { background: false }))).toBe('2 in term 2');
});

test('a host whom a member finds silent is asked, once, and followed when they do not answer', () => {
  const room = roomOf(ALL).report('b', 'a', 'connected', { silent: true });
  expect(room.told).toEqual(['9018 to a']);
  expect(room.report('c', 'a', 'connected', { silent: true }).told).toEqual([]);
  expect(hostIn(room.elapseUntil(4, ...ALL))).toBe('1 in term 1');
  expect(hostIn(room.elapse(...ALL))).toBe('2 in term 2');
  expect(room.member('a')?.stage).toBe('introduced');
});

test('not when their game answers', () => {
  const room = roomOf(ALL)
    .report('b', 'a', 'connected', { silent: true })
    .receive({ from: 'a', opCode: 9018, bytes: 0 });
  expect(hostIn(room.elapseUntil(60, ...ALL))).toBe('1 in term 1');
  expect(room.traffic.dropped).toEqual({});
});

test('nobody answers for the host', () => {
  const room = roomOf(ALL)
    .report('b', 'a', 'connected', { silent: true })
    .receive({ from: 'c', opCode: 9018, bytes: 0 });
  expect(room.traffic.dropped).toEqual({ 'unknown-opcode': 1 });
  expect(hostIn(room.elapseUntil(5, ...ALL))).toBe('2 in term 2');
});

test('a host hands over, and is a player then', () => {
  const room = roomOf(ALL);
  expect(room.command(A, { name: 'transfer', peerId: 3, term: 1 })).toBeNull();
  expect(hostIn(room)).toBe('3 in term 2');
  expect(room.command(A, { name: 'transfer', peerId: 1, term: null })).toBe('not-host');
  expect(room.command(A, { name: 'seal', sealed: true, force: false, term: 1 })).toBe('stale-term');
});

test.each([
  ['a stranger', 9, (room: RoomDriver) => room],
  ['somebody who is away', 2, (room: RoomDriver) => room.disconnect('b')],
  ['somebody who is not announced', 5, (room: RoomDriver) => room.enter('x')],
])('nobody hands over to %s', (_who, peerId, bring) => {
  const room = bring(roomOf(ALL, { maxPlayers: 8 }));
  expect(room.command(A, { name: 'transfer', peerId, term: null })).toBe('no-such-player');
  expect(hostIn(room)).toBe('1 in term 1');
});

test('a host who is away commands by their user', () => {
  const room = roomOf(ALL).disconnect('a');
  expect(room.command({ userId: 'user-a' }, { name: 'transfer', peerId: 4, term: 1 })).toBeNull();
  expect(hostIn(room)).toBe('4 in term 2');
});

test('who does not announce themselves is let in only while peer 1 is host, and here', () => {
  const room = roomOf(['a', 'b']);
  expect(room.refusalOf('x')).toBeNull();
  expect(room.disconnect('a').refusalOf('y')).toBe('host-away');
  expect(room.join('x').hear('x').told).toEqual(['9003 to x: host-away', 'kick x']);
  room.comeBack('a.1', 'a', 1).leave('a.1');
  expect([hostIn(room), room.refusalOf('y')]).toEqual(['2 in term 2', 'host-left']);
});

test('who is not announced, and may not know that peer 1 left, is told', () => {
  const room = roomOf(['a', 'b']).enter('x').leave('a');
  expect(hostIn(room)).toBe('2 in term 2');
  expect(room.elapse('b', 'x').told).toEqual(['9003 to x: host-left']);
});

test('a new player gets a peer id that nobody had', () => {
  const room = roomOf(ALL).leave('d').leave('a');
  room.announced.add('e');
  expect(room.enter('e').peerIds).toMatchObject({ e: 5 });
});
