import { type Server, startServer } from '../../../kit/servers/server.ts';
import { AddonPeer } from './addon-peer.ts';
import type { ClientPlayer } from './client-player.ts';
import { createAndJoin, expectMesh, expectTalk, PlayerPool } from './meshes.ts';

jest.setTimeout(20_000);

let server: Server;
let pool: PlayerPool;
let addon: AddonPeer;

beforeAll(async () => {
  server = await startServer({ config: { 'matchmaker.interval_sec': '1' } });
  pool = new PlayerPool(server);
}, 60_000);
beforeEach(async () => {
  addon = await AddonPeer.connect(server);
});
afterEach(async () => {
  addon.close();
  await pool.closeAll();
});
afterAll(() => server?.stop());

test('a player with the addon is one of a created match', async () => {
  const players = await pool.connect(2);
  const matchId = await createAndJoin(players);
  await expectMesh(players);

  await addon.join(matchId);
  await Promise.all(players.map((player) => player.ready(3)));
  await expectTalk(addon, players);
  expect(players[0]?.match.players[2]).toMatchObject({ peerId: 3, announced: false, status: 'connected' });
});

test('a dropped link to a player with the addon is made anew, whoever drops it', async () => {
  const [player] = (await pool.connect(1)) as [ClientPlayer];
  await addon.join((await player.match.createMatch()).matchId);
  await player.ready(2);
  await expectTalk(addon, [player]);

  addon.links.get(player.sessionId)?.connection.close();
  await player.next('matchNotReady');
  await player.ready(2);
  await expectTalk(addon, [player]);
});

test('a player with the addon connects anew after the other side dropped the link', async () => {
  const [player] = (await pool.connect(1)) as [ClientPlayer];
  await addon.join((await player.match.createMatch()).matchId);
  await player.ready(2);

  player.match.connectionOf(2)?.close();
  await player.next('matchNotReady');
  await player.ready(2);
  await expectTalk(addon, [player]);
});

test('a player with the addon leaves', async () => {
  const players = (await pool.connect(2)) as [ClientPlayer, ClientPlayer];
  const matchId = await createAndJoin(players);
  await addon.join(matchId);
  await Promise.all(players.map((player) => player.ready(3)));

  addon.close();
  await Promise.all(players.map((player) => player.next('playerLeft', ({ peerId }) => peerId === 3)));
});
