import { Coturn } from '../../../kit/servers/coturn.ts';
import { type Server, startServer } from '../../../kit/servers/server.ts';
import { GodotPool } from './games.ts';

let server: Server;
let coturn: Coturn;
let games: GodotPool;

beforeAll(async () => {
  coturn = await Coturn.start();
  server = await startServer({
    env: { ONLINE_MATCH_TURN_URLS: coturn.url, ONLINE_MATCH_TURN_SECRET: coturn.secret },
  });
  games = new GodotPool(server);
});
afterEach(() => games.end());
afterAll(async () => {
  await server?.stop();
  await coturn?.stop();
});

test('games are connected through the TURN server that the server gives them a login for', async () => {
  const [host, guest] = await games.start(2, { use_network_relay: 1 });
  await host?.do('create_match');
  await guest?.do('join_match', await host?.next('match_created'));
  await games.expectMesh();
});
