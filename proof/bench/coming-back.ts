import { setTimeout as sleep } from 'node:timers/promises';
import type { OnlineMatch } from '../../clients/web/src/index.ts';
import { Line } from '../../kit/servers/line.ts';
import { type Server, startServer } from '../../kit/servers/server.ts';
import { startHost } from '../host-process.ts';
import { dismiss, next, webPlayer } from '../web-player.ts';
import { memoryInUseKb } from './go-memory.ts';
import { type Measure, type MeasureOptions, Notebook } from './measure.ts';

const PLAYERS = 4;
const RETURNING = 'coming back to the seat';
const REJOINING = 'joining anew, with new links';

const GONE = 'the host is gone: until the others know the next one';
const LEAVES = 'they leave';
const KILLED = 'their process is killed';

/** As in a game that goes on: by then every player has asked every other whether their game goes on. */
const IN_PLAY_MS = 3_000;

const MEMORY = 'a room of one';
const CHECKPOINT_BYTES = 16_384;
const FIRST_ROOMS = 20;
const ROOMS_OF_ONE = [
  ['without a checkpoint', 0],
  ['with a checkpoint', CHECKPOINT_BYTES],
] as const;

const amounts = ({ quick }: MeasureOptions) =>
  quick ? { losses: 3, hosts: 1, rooms: 20 } : { losses: 50, hosts: 5, rooms: 200 };

/** What it takes to be back after a lost socket, and to have another host; with what a room keeps for that. */
export const comingBack: Measure = {
  name: 'coming-back',
  title: 'Coming back',
  reference: REJOINING,
  about(options) {
    const { losses, hosts, rooms } = amounts(options);
    return (
      `${PLAYERS} players of the client library with real WebRTC, on one machine without a TURN server. One of them ` +
      `loses their socket, ${losses} times: until they are in, and linked with all others, either in the same seat, with the ` +
      'links that they had, or as somebody new, with new links. The host leaves, or their process is killed with -9 ' +
      `(${hosts} times): until every other player has heard who is host. Memory is what a server has in use for each of ${rooms} rooms ` +
      `with one player, without a checkpoint and with one of ${CHECKPOINT_BYTES.toLocaleString('en')} bytes.`
    );
  },
  async run(options) {
    const { losses, hosts, rooms } = amounts(options);
    const notebook = new Notebook();
    options.say(`${losses} lost sockets`);
    // Seats are kept for less time than a few of them take to join anew.
    await onServer({ ONLINE_MATCH_AWAY_SEC: '2' }, (server) => measureLosses(server, losses, notebook));
    await onServer({}, async (server) => {
      for (let nth = 1; nth <= hosts; nth++) {
        options.say(`host ${nth} of ${hosts}`);
        const note = (on: string, ms: number) =>
          notebook.note({ section: GONE, name: 'time', unit: 'ms', on }, ms);
        note(LEAVES, await withoutHost(server, 'leave'));
        note(KILLED, await withoutHost(server, 'kill'));
      }
    });
    for (const [on, bytes] of ROOMS_OF_ONE) {
      options.say(`${rooms} rooms ${on}`);
      await onServer({}, async (server) => {
        const used = await measureMemory(server, rooms, bytes);
        notebook.note({ section: MEMORY, name: 'memory in use', unit: 'KB', on }, used);
      });
    }
    return notebook.figures();
  },
};

const UNBOUNDED = {
  ONLINE_MATCH_WAITING_ROOMS: '1000',
  ONLINE_MATCH_CREATIONS_PER_MINUTE: '1000',
  ONLINE_MATCH_ROOMS_PER_USER: '1000',
};

async function onServer(env: Record<string, string>, act: (server: Server) => Promise<void>): Promise<void> {
  const server = await startServer({ env: { ...UNBOUNDED, ...env } });
  try {
    await act(server);
  } finally {
    await server.stop();
  }
}

async function measureLosses(server: Server, losses: number, notebook: Notebook): Promise<void> {
  const others = await gather(server, PLAYERS - 1);
  const matchId = others[0]?.matchId ?? '';
  const line = await Line.to(server);
  try {
    const returning = await joinBy(line, matchId, true);
    note(notebook, RETURNING, await timesOf(losses, () => timeOf(() => comeBack(returning, line))));
    await dismiss(returning);
    const rejoinTime = async () => {
      const player = await joinBy(line, matchId, false);
      return timeOf(() => rejoin(player, line, matchId));
    };
    note(notebook, REJOINING, await timesOf(losses, rejoinTime));
  } finally {
    for (const match of others) await dismiss(match);
    line.close();
  }
}

function note(notebook: Notebook, on: string, times: readonly number[]): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.ceil(part * sorted.length) - 1] ?? Number.NaN;
  notebook.note({ name: 'p50', unit: 'ms', on }, at(0.5));
  notebook.note({ name: 'p99', unit: 'ms', on }, at(0.99));
}

async function timesOf(count: number, time: () => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let nth = 0; nth < count; nth++) times.push(await time());
  return times;
}

async function comeBack(player: OnlineMatch, line: Line): Promise<void> {
  const back = next(player, 'reconnected');
  line.cut();
  line.mend();
  await back;
}

async function rejoin(player: OnlineMatch, line: Line, matchId: string): Promise<void> {
  const lost = next(player, 'disconnected');
  line.cut();
  line.mend();
  await lost;
  await dismiss(await joinBy(line, matchId, false));
}

async function joinBy(line: Line, matchId: string, returns: boolean): Promise<OnlineMatch> {
  const player = await webPlayer(line, { returns, maxPlayers: 12 });
  const linked = next(player, 'matchReady', (players) => players.length >= PLAYERS);
  await player.joinMatch(matchId);
  await linked;
  return player;
}

/** So many players who are linked with each other. */
async function gather(server: Server, count: number): Promise<OnlineMatch[]> {
  const first = await webPlayer(server, { returns: true, maxPlayers: 12 });
  const { matchId } = await first.createMatch();
  return [first, ...(await joinAll(server, matchId, count - 1))];
}

async function joinAll(server: Server, matchId: string, count: number): Promise<OnlineMatch[]> {
  const players: OnlineMatch[] = [];
  for (let nth = 0; nth < count; nth++) {
    const player = await webPlayer(server, { returns: true, maxPlayers: 12 });
    const linked = next(player, 'matchReady', (ready) => ready.length === nth + 2);
    await player.joinMatch(matchId);
    await linked;
    players.push(player);
  }
  return players;
}

/** The host is a process of its own. */
async function withoutHost(server: Server, how: 'leave' | 'kill'): Promise<number> {
  const { matchId, process: program, ended } = await startHost(server);
  const players = await joinAll(server, matchId, PLAYERS - 1);
  await sleep(IN_PLAY_MS);
  const told = Promise.all(players.map((player) => next(player, 'hostChanged')));
  const ms = await timeOf(async () => {
    if (how === 'kill') program.kill('SIGKILL');
    else program.stdin.end();
    await told;
  });
  await ended;
  for (const player of players) await dismiss(player);
  return ms;
}

async function measureMemory(server: Server, rooms: number, bytes: number): Promise<number> {
  // What a server needs for its first rooms it needs once.
  const first = await hostsOf(server, FIRST_ROOMS, bytes);
  const before = await memoryInUseKb(server);
  const others = await hostsOf(server, rooms, bytes);
  const used = (await memoryInUseKb(server)) - before;
  for (const host of [...first, ...others]) await dismiss(host);
  return used / rooms;
}

async function hostsOf(server: Server, count: number, bytes: number): Promise<OnlineMatch[]> {
  const hosts: OnlineMatch[] = [];
  for (let nth = 0; nth < count; nth++) hosts.push(await hostOf(server, bytes));
  return hosts;
}

async function hostOf(server: Server, bytes: number): Promise<OnlineMatch> {
  const match = await webPlayer(server, { returns: false });
  const isHost = next(match, 'playerJoined');
  await match.createMatch();
  await isHost;
  if (bytes > 0) match.saveCheckpoint(new Uint8Array(bytes));
  return match;
}

async function timeOf(act: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await act();
  return performance.now() - begun;
}
