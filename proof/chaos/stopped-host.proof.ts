import type { OnlineMatch, Room } from '../../clients/web/src/index.ts';
import { type Server, startServer } from '../../kit/servers/server.ts';
import { type HostProcess, startHost } from '../host-process.ts';
import { dismiss, next, webPlayer } from '../web-player.ts';

jest.setTimeout(180_000);

/** As long as a laptop's lid may be shut for a moment. */
const STOPPED_MS = 30_000;

let server: Server;
let host: HostProcess | undefined;
const players: OnlineMatch[] = [];

beforeAll(async () => {
  server = await startServer();
}, 60_000);
afterAll(async () => {
  host?.process.kill('SIGKILL');
  for (const player of players) await dismiss(player);
  await server?.stop();
});

async function join(matchId: string, linkedTo: number): Promise<OnlineMatch> {
  const player = await webPlayer(server, { returns: true, maxPlayers: 12 });
  players.push(player);
  const linked = next(player, 'matchReady', (ready) => ready.length > linkedTo);
  await player.joinMatch(matchId);
  await linked;
  return player;
}

test('red, the host, is stopped for half a minute: blue is host, and red comes back to their seat', async () => {
  host = await startHost(server);
  const blue = await join(host.matchId, 1);
  const green = await join(host.matchId, 2);
  const left: number[] = [];
  for (const player of players) player.on('playerLeft', ({ peerId }) => left.push(peerId));

  const over = new Promise((resolve) => setTimeout(resolve, STOPPED_MS));
  const isBlue = (change: { player: { peerId: number } | null }) =>
    change.player?.peerId === blue.self?.peerId;
  const followed = players.map((player) => next(player, 'hostChanged', isBlue));
  host.process.kill('SIGSTOP');
  await Promise.all(followed);
  await over;

  host.process.kill('SIGCONT');
  for (const player of players) await until(player, isWhole);
  expect(left).toEqual([]);
  expect(blue.isHost).toBe(true);
  expect(green.players.map(({ peerId }) => peerId)).toEqual([1, 2, 3]);
});

/** Nobody is away, and all are linked. */
const isWhole = (room: Room | null) =>
  room?.connected === true && room.players.every(({ awaySec }) => awaySec === null);

async function until(match: OnlineMatch, holds: (room: Room | null) => boolean): Promise<void> {
  while (!holds(match.room)) await next(match, 'roomChanged');
}
