import { type Server, startServer } from '../../../kit/servers/server.ts';
import { AddonPeer } from './addon-peer.ts';
import type { ClientPlayer } from './client-player.ts';
import { createAndJoin, expectMesh, matchmake, newPool, PlayerPool } from './meshes.ts';

jest.setTimeout(30_000);

let server: Server;
let pool: PlayerPool;
const addons: AddonPeer[] = [];

beforeAll(async () => {
  server = await startServer({ config: { 'matchmaker.interval_sec': '1' } });
  pool = new PlayerPool(server);
}, 60_000);
afterEach(async () => {
  for (const addon of addons.splice(0)) addon.close();
  await pool.closeAll();
});
afterAll(() => server?.stop());

async function connectAddon(): Promise<AddonPeer> {
  const addon = await AddonPeer.connect(server);
  addons.push(addon);
  return addon;
}

/** The players find each other in this way, and the addon's player, if there is one, them. */
type Way = (players: ClientPlayer[], addon?: AddonPeer) => Promise<unknown>;

const joinAll = (players: ClientPlayer[], matchId: string) =>
  Promise.all(players.map(({ match }) => match.joinMatch(matchId)));

/** A match of nobody's in particular. */
async function elected(players: ClientPlayer[], addon?: AddonPeer): Promise<void> {
  const max_players = players.length + (addon === undefined ? 0 : 1);
  const made = await players[0]?.nakama.rpc('create_online_match', {
    min_players: 2,
    max_players,
    client_version: 'dev',
    host: 'elect',
  });
  await Promise.all([joinAll(players, made.match_id), addon?.join(made.match_id)]);
}

const ways: [string, Way][] = [
  [
    'that one of them made',
    async (players, addon) => {
      const matchId = await createAndJoin(players);
      await addon?.join(matchId);
    },
  ],
  ['that elects its host', elected],
  [
    'that the matchmaker made',
    async (players, addon) => {
      const tickets = newPool();
      await Promise.all([matchmake(players, tickets), addon?.matchmake(tickets, players.length + 1)]);
    },
  ],
];

describe.each([2, 4, 8])('%i players reach each other', (count) => {
  const all = { minPlayers: count, maxPlayers: count };

  test.each(ways)('in a match %s', async (_, enter) => {
    const players = await pool.connect(count, all);
    await enter(players);
    await expectMesh(players);
  });

  test.each(ways)('in a match %s, one with the addon', async (_, enter) => {
    const players = await pool.connect(count - 1, all);
    const addon = await connectAddon();
    await enter(players, addon);
    await expectMesh(players, addon);
  });

  test('in a match that the addon made, its host', async () => {
    const players = await pool.connect(count - 1);
    const addon = await connectAddon();
    await joinAll(players, await addon.create());
    await expectMesh(players, addon);
  });
});
