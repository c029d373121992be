import type { AddonPlayer } from '../../kit/addon/addon-player.ts';
import { ALL, expectMesh, joinAll, newPlayers, timesOf } from './steps.ts';
import { serverMade, withNakama } from './world.ts';

/** What games pass around, or ask for, beside the match itself. */

const urls = ['stun:stun.example.net:3478', 'stun:stun.example.org:3478'];
const world = withNakama({ env: { ONLINE_MATCH_STUN_URLS: urls.join(',') } });

test.each(ALL)(
  '%s joins with the dot that join screens append, and has the clean id after',
  async (variant) => {
    const players = await newPlayers(world.host, timesOf(3, variant));
    const matchId = await (players[0] as AddonPlayer).create();
    await joinAll(`${matchId}.`, players);
    await expectMesh(players);
    for (const player of players) expect(player.match.now.matchId).toBe(matchId);
  },
);

test('the dot is no part of the id of a match that the server made either', async () => {
  const players = await newPlayers(world.host, ['U', 'M']);
  const matchId = await serverMade(world.host);
  for (const player of players) player.match.joinMatch(`${matchId}.`);
  await expectMesh(players);
  for (const player of players) expect(player.match.now.matchId).toBe(matchId);
});

test('get_ice_servers answers what a WebRTC configuration takes', async () => {
  const { code, text } = await world.host.callRpc(await world.host.signIn(), 'get_ice_servers');
  expect(code).toBe(0);
  const { success, response } = JSON.parse(text);
  expect(success).toBe(true);
  expect(response.ice_servers.flatMap((server: { urls: string[] }) => server.urls)).toEqual(urls);
});

test('a creator hears one answer that nobody asked for, and no game shows it', async () => {
  const players = await newPlayers(world.host, ALL);
  for (const player of players) {
    await player.create();
    await player.settled();
    const errors = player.match.socket.strays.filter(({ error }) => error);
    expect(errors.map(({ error }) => error?.message)).toEqual([expect.stringMatching(/^match-created: /)]);
    expect(player.shown).toEqual([]);
  }
});
