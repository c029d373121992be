import { Coturn } from '../../../kit/servers/coturn.ts';
import { type Server, startServer } from '../../../kit/servers/server.ts';
import type { ClientPlayer } from './client-player.ts';
import { createAndJoin, expectMessages, PlayerPool } from './meshes.ts';

jest.setTimeout(300_000);

let coturn: Coturn;
let server: Server;
let pool: PlayerPool;

beforeAll(async () => {
  coturn = await Coturn.start();
  server = await startServer({
    env: { ONLINE_MATCH_TURN_URLS: coturn.url, ONLINE_MATCH_TURN_SECRET: coturn.secret },
  });
  pool = new PlayerPool(server, 80_000);
}, 60_000);
afterEach(() => pool.closeAll());
afterAll(async () => {
  await server?.stop();
  await coturn?.stop();
});

/** Two who cannot meet: one takes TURN servers only, the other none. */
async function strangers(): Promise<[ClientPlayer, ClientPlayer]> {
  const [host] = (await pool.connect(1, { useNetworkRelay: 'forced' })) as [ClientPlayer];
  const [guest] = (await pool.connect(1, { useNetworkRelay: 'disabled' })) as [ClientPlayer];
  await createAndJoin([host, guest]);
  return [host, guest];
}

test('players between whom nothing comes up talk through the server, and all see so', async () => {
  const players = await strangers();
  for (const player of players) {
    await player.next('playerStatusChanged', ({ status, via }) => status === 'connected' && via === 'server');
    await player.ready(2);
  }
  await expectMessages(players);
  const [host, guest] = players;
  const long = new Uint8Array(40_000).map((_, index) => index % 251);
  host.match.send(guest.peerId, long);
  host.match.send(guest.peerId, 'after it');
  const { data } = await guest.textFrom(host.peerId, true);
  expect(new Uint8Array(data as ArrayBuffer)).toEqual(long);
  expect((await guest.textFrom(host.peerId, true)).data).toBe('after it');

  const seen = await host.next('roomChanged', ({ links }) => typeof links[0]?.rttMs === 'number');
  expect(seen.links[0]).toMatchObject({ state: 'connected', via: 'server' });
  expect(host.match.statsOf(guest.peerId)).toMatchObject({ via: 'server', rttMs: expect.any(Number) });
  await host.match.startPlaying();
});

test('numbered messages arrive once and in order while the link goes to the server and comes back', async () => {
  const players = (await pool.connect(2, { useNetworkRelay: 'forced' })) as [ClientPlayer, ClientPlayer];
  await createAndJoin(players);
  for (const player of players) await player.ready(2);
  const sent = [0, 0];
  const ways = new Set<string>();
  const talk = setInterval(() => {
    for (const [index, { match, peerId }] of players.entries()) {
      const number = sent[index] as number;
      match.send(3 - peerId, `${number}`);
      sent[index] = number + 1;
    }
  }, 50);
  try {
    await coturn.kill();
    for (const player of players)
      await player.next(
        'playerStatusChanged',
        ({ status, via }) => status === 'connected' && via === 'server',
      );
    await coturn.run();
    for (const player of players)
      await player.next('playerStatusChanged', ({ status, via }) => status === 'connected' && via === 'turn');
  } finally {
    clearInterval(talk);
  }
  for (const [index, player] of players.entries()) {
    for (const { via } of player.all('playerStatusChanged')) if (via !== null) ways.add(via);
    const last = `${(sent[1 - index] as number) - 1}`;
    await player.next('message', ({ data }) => data === last);
    const got = player.all('message').map(({ data }) => Number(data));
    expect(got).toEqual(Array.from({ length: sent[1 - index] as number }, (_, number) => number));
  }
  expect([...ways].sort()).toEqual(['server', 'turn']);
  expect(players[0].all('error')).toEqual([]);
});
