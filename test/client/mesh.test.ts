import { type Server, startServer } from '../support/server.ts';
import { createAndJoin, expectMesh, matchmake, PlayerPool } from './meshes.ts';

jest.setTimeout(30_000);

let server: Server;
let pool: PlayerPool;

beforeAll(async () => {
  server = await startServer({ config: { 'matchmaker.interval_sec': '1' } });
  pool = new PlayerPool(server);
}, 60_000);
afterEach(() => pool.closeAll());
afterAll(() => server?.stop());

test.each([2, 4, 8])('%i players of a created match reach each other', async (count) => {
  const players = await pool.connect(count);
  await createAndJoin(players);
  await expectMesh(players);
});

test.each([2, 4, 8])('%i matched players reach each other', async (count) => {
  const players = await pool.connect(count, { minPlayers: count, maxPlayers: count });
  await matchmake(players);
  await expectMesh(players);
});
