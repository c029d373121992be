import { type Server, startServer } from '../../../kit/servers/server.ts';
import { expectMesh, matchmake, PlayerPool } from './meshes.ts';

jest.setTimeout(20_000);

let server: Server;
let pool: PlayerPool;

beforeAll(async () => {
  server = await startServer({
    modulePath: 'kit/servers/no-module/index.js',
    config: { 'matchmaker.interval_sec': '1' },
  });
  pool = new PlayerPool(server);
}, 60_000);
afterEach(() => pool.closeAll());
afterAll(() => server?.stop());

test('on a Nakama without the module the matchmaker puts players into a relayed match', async () => {
  const players = await pool.connect(4, { minPlayers: 4, maxPlayers: 4 });
  await matchmake(players);
  await expectMesh(players);
  expect(players[0]?.match.room).toBeNull();
  await players[0]?.match.startPlaying();
});

test('on a Nakama without the module a match cannot be made', async () => {
  const [player] = await pool.connect(1);
  await expect(player?.match.createMatch()).rejects.toMatchObject({ code: 'unsupported' });
});
