import { type Server, startServer } from '../../../kit/servers/server.ts';
import type { ClientPlayer } from './client-player.ts';
import { matchmake, PlayerPool } from './meshes.ts';

const ROUNDS = 7;
const SIZES = [2, 4, 8];
const config = { 'matchmaker.interval_sec': '1' };

test('from matched to all channels open, in a room and in a relayed match', async () => {
  const room = await startServer({ config });
  const relayed = await startServer({ config, modulePath: 'kit/servers/no-module/index.js' });
  const rows: string[] = [];
  for (const size of SIZES) {
    const times = { room: [] as number[], relayed: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      // In turns, so that whatever else this machine does is the same for both.
      times.relayed.push(await timeToOpen(relayed, size));
      times.room.push(await timeToOpen(room, size));
    }
    rows.push(`${size}         ${row(times.relayed)}      ${row(times.room)}`);
  }
  await Promise.all([room.stop(), relayed.stop()]);
  console.log(['players   relayed: median (all)      room: median (all), in ms', ...rows].join('\n'));
});

/** From the first player's being told of the match until every player has every channel open. */
async function timeToOpen(server: Server, size: number): Promise<number> {
  const pool = new PlayerPool(server);
  const players = await pool.connect(size, { minPlayers: size, maxPlayers: size });
  const told = Promise.race(players.map((player) => player.next('matchmakerMatched')));
  const begun = told.then(() => performance.now());
  const open = Promise.all(players.map((player) => hasAllOpen(player, size)));
  await matchmake(players);
  await open;
  const ended = performance.now();
  await pool.closeAll();
  return ended - (await begun);
}

async function hasAllOpen(player: ClientPlayer, size: number): Promise<void> {
  for (let others = 1; others < size; others++)
    await player.next('playerStatusChanged', ({ status }) => status === 'connected');
}

function row(times: number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  return `${median.toFixed(0)} (${sorted.map((ms) => ms.toFixed(0)).join(' ')})`;
}
