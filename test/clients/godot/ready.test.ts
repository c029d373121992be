import { type Server, startServer } from '../../../kit/servers/server.ts';
import { expectTalk, GodotPool } from './games.ts';
import type { GodotPlayer } from './godot-player.ts';

let server: Server;
let pool: GodotPool;

beforeAll(async () => {
  server = await startServer({ config: { 'matchmaker.interval_sec': '1' } });
  pool = new GodotPool(server);
});
afterEach(() => pool.end());
afterAll(() => server?.stop());

describe.each([2, 4, 8])('%i games', (count) => {
  test('are ready and hear each other in a match that one of them makes', async () => {
    const [host, ...others] = (await pool.start(count)) as [GodotPlayer, ...GodotPlayer[]];
    expect(await host.do('create_match')).toBe(true);
    const matchId = await host.next('match_created');
    await Promise.all(others.map((other) => other.do('join_match', matchId)));
    await pool.expectMesh();
    expect((await host.look()).peer_id).toBe(1);
  });

  test('are ready when they join one by one', async () => {
    const [host, ...others] = (await pool.start(count)) as [GodotPlayer, ...GodotPlayer[]];
    await host.do('create_match');
    const matchId = await host.next('match_created');
    for (const other of others) expect(await other.do('join_match', matchId)).toBe(true);
    await pool.expectMesh();
  });

  test('are ready when the matchmaker brings them together', async () => {
    const players = await pool.start(count, { min_players: count, max_players: count });
    const done = await Promise.all(players.map((player) => player.do('start_matchmaking')));
    expect(done).toEqual(players.map(() => true));
    await pool.expectMesh();
    for (const player of players) {
      const matched = await player.next('matchmaker_matched');
      expect(matched.map(({ peer_id }) => peer_id)).toEqual(players.map((_, index) => index + 1));
    }
  });
});

test("a match of the game's own backend elects its host", async () => {
  const players = await pool.start(2);
  const made = await fetch(
    `http://${server.host}:${server.port}/v2/rpc/create_online_match?http_key=${server.httpKey}`,
    { method: 'POST', body: JSON.stringify(JSON.stringify({ host: 'elect', client_version: 'dev' })) },
  );
  const { match_id } = JSON.parse(((await made.json()) as { payload: string }).payload);
  await Promise.all(players.map((player) => player.do('join_match', match_id)));
  await pool.expectMesh();
  await expectTalk(players);
});
