import { Coturn, type Login } from '../../../kit/servers/coturn.ts';
import { type Server, startServer } from '../../../kit/servers/server.ts';
import type { ClientPlayer } from './client-player.ts';
import { createAndJoin, expectMesh, expectMessages, PlayerPool } from './meshes.ts';

jest.setTimeout(90_000);

let coturn: Coturn;
let server: Server;
let pool: PlayerPool;

beforeAll(async () => {
  coturn = await Coturn.start();
  server = await startServer({
    env: { ONLINE_MATCH_TURN_URLS: coturn.url, ONLINE_MATCH_TURN_SECRET: coturn.secret },
  });
  pool = new PlayerPool(server);
}, 60_000);
afterEach(() => pool.closeAll());
afterAll(async () => {
  await server?.stop();
  await coturn?.stop();
});

const nowSec = () => Date.now() / 1000;

async function mintedLogin(): Promise<Login> {
  const [player] = (await pool.connect(1)) as [ClientPlayer];
  const { response } = await player.nakama.rpc('get_ice_servers', {});
  expect(response.ice_servers[0].urls).toEqual([coturn.url]);
  return response.ice_servers[0];
}

test('a login that the server made relays data', async () => {
  expect(await coturn.relays(await mintedLogin())).toBe(true);
});

test('an expired login does not', async () => {
  expect(await coturn.relays(coturn.loginUntil(nowSec() + 60))).toBe(true);
  expect(await coturn.relays(coturn.loginUntil(nowSec() - 60))).toBe(false);
});

test('a login that somebody changed does not', async () => {
  const { username, credential } = await mintedLogin();
  const [expires = '', userId = ''] = username.split(':');
  expect(await coturn.relays({ username: `${Number(expires) + 3600}:${userId}`, credential })).toBe(false);
  expect(await coturn.relays({ username: `${expires}:another`, credential })).toBe(false);
});

/** The kinds of the addresses between which the links of a player run. */
async function candidateTypesOf({ match }: ClientPlayer): Promise<string[]> {
  const types: string[] = [];
  for (const { peerId } of match.players) {
    const stats = await match.connectionOf(peerId)?.getStats();
    // biome-ignore lint/suspicious/noExplicitAny: reports of many kinds
    const reports: any[] =
      stats === undefined ? [] : [...(stats as unknown as Map<string, unknown>).values()];
    const pair = reports.find(
      ({ type, state, nominated }) => type === 'candidate-pair' && nominated && state === 'succeeded',
    );
    if (pair) types.push(reports.find(({ id }) => id === pair.localCandidateId)?.candidateType);
  }
  return types;
}

/** The same, as soon as there is one for each link: a pair may be in use a moment before the statistics say so. */
async function linkTypesOf(player: ClientPlayer): Promise<string[]> {
  const links = player.match.players.length - 1;
  for (let tries = 0; ; tries++) {
    const types = await candidateTypesOf(player);
    if (types.length === links || tries === 100) return types;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test('players who are forced to use it connect through it', async () => {
  const players = await pool.connect(3, { useNetworkRelay: 'forced' });
  await createAndJoin(players);
  await expectMesh(players);
  for (const player of players) expect(await linkTypesOf(player)).toEqual(['relay', 'relay']);
});

test('where UDP does not pass, they connect through it by TCP', async () => {
  const login = coturn.loginUntil(nowSec() + 600);
  const urls = coturn.url.replace('transport=udp', 'transport=tcp');
  const options = { useNetworkRelay: 'forced', iceServers: [{ urls, ...login }] } as const;
  const players = await pool.connect(2, options);
  await createAndJoin(players);
  await expectMesh(players);
  for (const player of players) expect(await linkTypesOf(player)).toEqual(['relay']);
});

test('players who must not use it connect without', async () => {
  const players = await pool.connect(2, { useNetworkRelay: 'disabled' });
  await createAndJoin(players);
  await expectMesh(players);
  for (const player of players)
    expect(await linkTypesOf(player)).toEqual([expect.not.stringMatching('relay')]);
});

test('a link whose network is gone for a while comes back by an ICE restart, in the same connection', async () => {
  const players = (await pool.connect(2, { useNetworkRelay: 'forced' })) as [ClientPlayer, ClientPlayer];
  await createAndJoin(players);
  await expectMesh(players);
  const before = players[0].match.connectionOf(2);

  await coturn.kill();
  await coturn.run();
  await Promise.all(players.map((player) => player.next('matchNotReady')));
  await Promise.all(players.map((player) => player.ready(2)));

  expect(players[0].match.connectionOf(2)).toBe(before);
  await expectMessages(players);
});

test('where there is no TURN server, whoever is forced to use one fails at once, and so does the other', async () => {
  const [host] = (await pool.connect(1)) as [ClientPlayer];
  const [forced] = (await pool.connect(1, { useNetworkRelay: 'forced', iceServers: [] })) as [ClientPlayer];
  await createAndJoin([host, forced]);
  for (const player of [host, forced]) {
    await player.next('playerStatusChanged', ({ status }) => status === 'failed');
    expect((await player.next('error')).code).toBe('no-relay');
  }
  await host.next('roomChanged', ({ links }) => links[0]?.reason === 'no-relay');
});
