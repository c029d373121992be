import { type Server, startServer } from '../../../kit/servers/server.ts';
import { GodotPool } from './games.ts';
import type { GodotPlayer } from './godot-player.ts';

let server: Server;
let games: GodotPool;

beforeAll(async () => {
  server = await startServer({ env: { ONLINE_MATCH_AWAY_SEC: '30', ONLINE_MATCH_BACKGROUND_SEC: '300' } });
  games = new GodotPool(server);
});
afterEach(() => games.end());
afterAll(() => server?.stop());

/** Of Godot's Node, as phones send them. */
const NOTIFICATION_APPLICATION_RESUMED = 2014;
const NOTIFICATION_APPLICATION_PAUSED = 2015;

test.each([
  ['longer where their game went to the background', [NOTIFICATION_APPLICATION_PAUSED], 300],
  ['as usual where it came back', [NOTIFICATION_APPLICATION_PAUSED, NOTIFICATION_APPLICATION_RESUMED], 30],
])('the seat of a player who lost their socket is kept %s', async (_title, notifications, seconds) => {
  const [host, guest] = (await games.room(2)) as [GodotPlayer, GodotPlayer];
  for (const notification of notifications) await guest.do('call_match', 'notification', [notification]);
  await guest.do('wait_for_checkpoint');
  await guest.kill();
  const { away_sec } = await host.next('player_away_changed', ({ away }) => away);
  expect(away_sec).toBeGreaterThan(seconds - 30);
  expect(away_sec).toBeLessThanOrEqual(seconds);
});
