import { OnlineMatch, type OnlineMatchEvents } from '../../../clients/web/src/index.ts';
import { GIVE_UP_MS } from '../../../clients/web/src/reconnection.ts';
import { callbacksDone, IdlePeerConnection, matchNamed, ScriptedSocket } from './scripted-socket.ts';

const HEARD = [
  'reconnecting',
  'reconnected',
  'roomLost',
  'left',
  'error',
  'disconnected',
  'playerJoined',
  'playerLeft',
  'playerAway',
  'playerBack',
  'hostChanged',
] as const satisfies readonly (keyof OnlineMatchEvents)[];

let sockets: ScriptedSocket[];
let match: OnlineMatch;
let heard: string[];
let sessions: number;

const first = () => sockets[0] as ScriptedSocket;
const latest = () => sockets.at(-1) as ScriptedSocket;

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask'] });
  sockets = [new ScriptedSocket()];
  heard = [];
  sessions = 0;
  match = new OnlineMatch(first().socket, {
    RTCPeerConnection: IdlePeerConnection.type,
    iceServers: [],
    clientVersion: '1.2',
    reconnect: async () => ({ session: ++sessions }) as never,
    createSocket: () => {
      sockets.push(new ScriptedSocket());
      return latest().socket;
    },
  });
  for (const name of HEARD)
    match.on(name, (value) => {
      const { peerId, code, term } = (value ?? {}) as { peerId?: number; code?: string; term?: number };
      const detail = peerId ?? code ?? term;
      heard.push(detail === undefined ? name : `${name} ${detail}`);
    });
});
afterEach(async () => {
  void match.leave();
  jest.useRealTimers();
});

const player = (peerId: number, fields = {}) => ({
  session_id: `s${peerId}`,
  peer_id: peerId,
  announced: true,
  ...fields,
});
const self = (socket: ScriptedSocket) => player(2, { session_id: `own-${sockets.indexOf(socket)}` });

const HOST = { peer_id: 1, term: 1 };

/** The room, as the server tells it first on a socket. */
function tellRoom(socket: ScriptedSocket, others = [player(1)], host = HOST): void {
  const own = self(socket);
  const players = [own, ...others];
  socket.tellData('m', 9010, { you: own.session_id, players, host, min_players: 2, connected: true });
}

const replyOn = (socket: ScriptedSocket) => ({
  ...matchNamed('m'),
  self: { session_id: self(socket).session_id },
});

async function join(): Promise<void> {
  const joining = match.joinMatch('m');
  (await first().next('joinMatch')).answer(replyOn(first()));
  await joining;
  tellRoom(first());
  heard = [];
}

const lose = (socket: ScriptedSocket) => socket.ondisconnect({} as Event);

/** The next try comes, as far as its connection. */
async function tryAgain(): Promise<ScriptedSocket> {
  const before = sockets.length;
  while (sockets.length === before) {
    jest.advanceTimersByTime(100);
    await callbacksDone();
  }
  return latest();
}

async function comeBack(): Promise<ScriptedSocket> {
  const socket = await tryAgain();
  (await socket.next('connect')).answer();
  (await socket.next('joinMatch')).answer(replyOn(socket));
  await callbacksDone();
  return socket;
}

async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1_000) {
    jest.advanceTimersByTime(1_000);
    await callbacksDone();
  }
}

test('a lost socket is followed by another, to the same seat', async () => {
  await join();
  lose(first());
  expect(heard).toEqual(['reconnecting']);
  expect(match.isReconnecting).toBe(true);
  const socket = await tryAgain();
  const connect = await socket.next('connect');
  expect(connect.args[0]).toEqual({ session: 1 });
  connect.answer();
  const joining = await socket.next('joinMatch');
  const metadata = { online_match: '1', client_version: '1.2', resume: '2', can: 'fallback ice_restart' };
  expect(joining.args).toEqual(['m', undefined, metadata]);
  joining.answer(replyOn(socket));
  await callbacksDone();
  expect(heard).toEqual(['reconnecting']);
  tellRoom(socket);
  expect(heard).toEqual(['reconnecting', 'reconnected']);
  expect([match.isReconnecting, match.socket, match.self?.peerId]).toEqual([false, socket.socket, 2]);
  expect(match.self?.sessionId).toBe('own-1');
});

test('what happened meanwhile is told as if it happened now, and before the return', async () => {
  await join();
  tellRoom(first(), [player(1), player(3), player(4)]);
  heard = [];
  lose(first());
  const socket = await comeBack();
  const others = [player(1, { away: true, away_sec: 20 }), player(4, { session_id: 's4b' }), player(5)];
  tellRoom(socket, others, { peer_id: 4, term: 2 });
  expect(heard).toEqual([
    'reconnecting',
    'playerLeft 3',
    'playerAway 1',
    'playerJoined 5',
    'hostChanged 2',
    'reconnected',
  ]);
  expect(match.playersByPeerId.get(1)).toMatchObject({ away: true, awaySec: 20 });
  jest.advanceTimersByTime(5_000);
  expect(match.playersByPeerId.get(1)?.awaySec).toBe(15);
});

test('however often the socket is lost on the way, there is one end of it', async () => {
  await join();
  lose(first());
  for (let times = 0; times < 3; times++) lose(await comeBack());
  tellRoom(await comeBack());
  expect(heard).toEqual(['reconnecting', 'reconnected']);
  lose(latest());
  tellRoom(await comeBack());
  expect(heard).toEqual(['reconnecting', 'reconnected', 'reconnecting', 'reconnected']);
});

test('tries that fail are made again, ever more slowly', async () => {
  await join();
  lose(first());
  const atMs: number[] = [];
  for (let tries = 0; tries < 6; tries++) {
    const socket = await tryAgain();
    atMs.push(Date.now());
    if (tries % 2 === 0) (await socket.next('connect')).refuse({});
    else {
      (await socket.next('connect')).answer();
      (await socket.next('joinMatch')).refuse({ code: 5, message: 'busy: Try again.' });
    }
    await callbacksDone();
  }
  const pauses = atMs.slice(1).map((ms, index) => ms - (atMs[index] as number));
  expect(pauses[0]).toBeLessThan(1_500);
  expect(pauses.at(-1)).toBeGreaterThan(4_000);
  tellRoom(await comeBack());
  expect(heard).toEqual(['reconnecting', 'reconnected']);
});

test('a seat that is gone is the end of the room, not of the links', async () => {
  await join();
  lose(first());
  const socket = await tryAgain();
  (await socket.next('connect')).answer();
  (await socket.next('joinMatch')).refuse({ code: 5, message: 'seat-gone: It was given up.' });
  await pass(60_000);
  expect(heard).toEqual(['reconnecting', 'roomLost seat-gone', 'playerLeft 1']);
  expect([sockets.length, match.state, match.matchId]).toEqual([2, 'connecting', 'm']);
  await match.leave();
  expect(heard.slice(-1)).toEqual(['left left']);
  expect(match.state).toBe('lobby');
});

test('a server that cannot be reached is given up, but not before a try after a long sleep', async () => {
  await join();
  lose(first());
  (await (await tryAgain()).next('connect')).refuse({});
  await callbacksDone();
  jest.setSystemTime(Date.now() + GIVE_UP_MS * 2);
  expect(heard).toEqual(['reconnecting']);
  (await (await tryAgain()).next('connect')).refuse({});
  await callbacksDone();
  expect(heard).toContain('roomLost unknown');
  expect(jest.getTimerCount()).toBeLessThan(5);
});

test('whose seat was taken over elsewhere has left, and never comes back by themselves', async () => {
  await join();
  const refusal = { target: 'own-0', code: 0, reason: 'Elsewhere.', refusal: 'resumed-elsewhere' };
  first().tellData('m', 9003, refusal);
  expect(heard).toEqual(['error resumed-elsewhere', 'left resumed-elsewhere']);
  lose(first());
  await pass(60_000);
  expect(sockets).toHaveLength(1);
  expect(match.state).toBe('lobby');
});

test('who leaves on the way back leaves, also when the server lets them in all the same', async () => {
  await join();
  lose(first());
  const socket = await tryAgain();
  (await socket.next('connect')).answer();
  const joining = await socket.next('joinMatch');
  await match.leave();
  expect(heard).toEqual(['reconnecting', 'left left']);
  joining.answer(replyOn(socket));
  expect((await socket.next('leaveMatch')).args).toEqual(['m']);
  await pass(60_000);
  expect(sockets).toHaveLength(2);
});

test('the late end of an earlier socket says nothing of the present one', async () => {
  await join();
  lose(first());
  tellRoom(await comeBack());
  lose(first());
  first().onheartbeattimeout();
  await pass(60_000);
  expect(heard).toEqual(['reconnecting', 'reconnected']);
  expect(sockets).toHaveLength(2);
});

test('a socket on which nothing is heard is lost, though nobody has closed it', async () => {
  await join();
  first().onheartbeattimeout();
  tellRoom(await comeBack());
  expect(heard).toEqual(['reconnecting', 'reconnected']);
});

test('signals to and from earlier sessions of a seat are read, others are not', async () => {
  await join();
  lose(first());
  const socket = await comeBack();
  tellRoom(socket, [player(1, { session_id: 's1b' })]);
  const { made } = IdlePeerConnection;
  const reconnect = { method: 'reconnect', connection: 9 };
  const count = made.length;
  socket.tellData('m', 9001, { ...reconnect, target: 'somebody' }, 's1');
  expect(made).toHaveLength(count);
  socket.tellData('m', 9001, { ...reconnect, target: 'own-0' }, 's1');
  expect(made.length).toBeGreaterThan(count);
});

test('without a way back a lost socket is the end of the match', async () => {
  match = new OnlineMatch(first().socket, { RTCPeerConnection: IdlePeerConnection.type, iceServers: [] });
  for (const name of ['disconnected', 'left', 'reconnecting'] as const)
    match.on(name, () => heard.push(name));
  await join();
  lose(first());
  expect(heard).toEqual(['disconnected', 'left']);
  expect(match.state).toBe('lobby');
});

test('what needs the server says so while it is away', async () => {
  await join();
  tellRoom(first(), [player(1)], { peer_id: 2, term: 2 });
  lose(first());
  await expect(match.startPlaying({ force: true })).rejects.toMatchObject({ code: 'disconnected' });
  expect(() => match.send(1, 'x')).toThrow(expect.objectContaining({ code: 'not-connected' }));
});
