import { type Server, startServer } from '../../../kit/servers/server.ts';
import { GodotPool } from './games.ts';
import type { GodotPlayer } from './godot-player.ts';

let server: Server;
let games: GodotPool;

beforeAll(async () => {
  server = await startServer({
    modulePath: 'kit/servers/no-module/index.js',
    config: { 'matchmaker.interval_sec': '1' },
  });
  games = new GodotPool(server);
});
afterEach(() => games.end());
afterAll(() => server?.stop());

test('on a Nakama without the module a player is told so', async () => {
  const [first, second] = (await games.start(2, { max_players: 2 })) as [GodotPlayer, GodotPlayer];
  expect(await first.do('create_match')).toBe(false);
  expect(await first.next('failed')).toMatchObject({ code: 'unsupported' });
  expect(await first.next('error')).toMatch(/without the module/);
  expect(await Promise.all([first, second].map((game) => game.do('start_matchmaking')))).toEqual([
    false,
    false,
  ]);
  for (const game of [first, second]) {
    expect(await game.next('failed')).toMatchObject({ code: 'unsupported' });
    expect((await game.look()).state).toBe(0);
    expect(game.complaints()).toEqual([]);
  }
});
