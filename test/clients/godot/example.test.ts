import { type Server, startServer } from '../../../kit/servers/server.ts';
import { GodotPool } from './games.ts';
import type { Example, GodotPlayer } from './godot-player.ts';

let server: Server;
let games: GodotPool;

beforeAll(async () => {
  server = await startServer();
  games = new GodotPool(server);
});
afterEach(() => games.end());
afterAll(() => server?.stop());

const sumOf = ({ scores }: Example) => Object.values(scores).reduce((sum, score) => sum + score, 0);
const hasShips =
  (term: string, ...ships: string[]) =>
  (example: Example) =>
    example.term === term &&
    example.ships.length === ships.length &&
    ships.every((ship) => example.ships.includes(ship));

async function join(game: GodotPlayer, matchId: string): Promise<void> {
  await game.do('open_example');
  await game.do('enter_code', matchId);
  await game.do('press', 'Join');
}

test('the example is played, changes its host, and takes in somebody new', async () => {
  const [host, second, third, late] = (await games.start(4)) as [
    GodotPlayer,
    GodotPlayer,
    GodotPlayer,
    GodotPlayer,
  ];
  await host.do('open_example');
  await host.do('press', 'Create');
  const matchId = await host.next('match_created');
  await Promise.all([second, third].map((game) => join(game, matchId)));
  for (const game of [host, second, third]) await game.next('example', hasShips('Term1', '1', '2', '3'));
  await host.ready(3);
  await host.do('press', 'Begin');
  for (const game of [second, third])
    await game.next('example', (example) => example.is_begun && sumOf(example) >= 5);
  await host.do('wait_for_checkpoint');

  const before = await second.next('example', (example) => sumOf(example) >= 5);
  await host.kill();
  for (const game of [second, third]) {
    const after = await game.next('example', hasShips('Term2', '1', '2', '3'));
    expect(after.status).toMatch(/is host now/);
  }
  const after = await third.next('example', (example) => sumOf(example) > sumOf(before));
  for (const [user, score] of Object.entries(before.scores))
    expect(after.scores[user]).toBeGreaterThanOrEqual(score);

  await join(late, matchId);
  await late.next('example', (example) => ['2', '3', '4'].every((ship) => example.ships.includes(ship)));
  await late.next('example', (example) => example.is_begun && sumOf(example) > sumOf(after));
  expect([second, third, late].flatMap((game) => game.complaints())).toEqual([]);
});

test('the example goes on when its host names another', async () => {
  const [host, second] = (await games.start(2)) as [GodotPlayer, GodotPlayer];
  await host.do('open_example');
  await host.do('press', 'Create');
  await join(second, await host.next('match_created'));
  await host.ready(2);
  await host.do('press', 'Begin');
  await host.do('call_match', 'transfer_host', [2]);
  for (const game of [host, second]) await game.next('example', hasShips('Term2', '1', '2'));
  await host.next('example', (example) => example.term === 'Term2' && sumOf(example) > 3);
  await host.do('press', 'Leave');
  await second.next('example', hasShips('Term2', '2'));
  expect([host, second].flatMap((game) => game.complaints())).toEqual([]);
});
