import type { Browser } from 'playwright-core';
import { CONNECT_MS } from '../../clients/web/src/link-times.ts';
import { Coturn } from '../../kit/servers/coturn.ts';
import { launchBrowser, Player, phone } from './support/player.ts';
import { Site } from './support/site.ts';
import { MICROPHONE } from './support/voices.ts';

jest.setTimeout(180_000);

let coturn: Coturn;
let site: Site;
let browser: Browser;

beforeAll(async () => {
  coturn = await Coturn.start();
  const env = { ONLINE_MATCH_TURN_URLS: coturn.url, ONLINE_MATCH_TURN_SECRET: coturn.secret };
  [site, browser] = await Promise.all([Site.start(env), launchBrowser(...MICROPHONE)]);
});

afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await coturn?.stop();
});

/** A player on a computer who made a room, and another on a phone who came, each with a wish of the relay. */
async function pair(
  ofHost: 'forced',
  ofGuest: 'forced' | 'disabled',
  { there, by } = { there: site, by: browser },
): Promise<[Player, Player]> {
  const host = await Player.open(by, `${there.url}?relay=${ofHost}`);
  const guest = await Player.open(by, `${there.url}?relay=${ofGuest}`, phone);
  await guest.page.getByLabel('Code or link').fill(await host.makeRoom());
  await guest.button('Join').click();
  return [host, guest];
}

async function end(players: Player[]): Promise<void> {
  for (const player of players) {
    await player.canReadOnAnyScreen();
    expect(player.mistakes).toEqual([]);
    await player.close();
  }
}

test('a link by TURN is shown as such, and comes back by an ICE restart when its network was gone', async () => {
  const players = await pair('forced', 'forced');
  for (const player of players) await player.isLinkedTo(1, 'TURN');
  for (const player of players) expect(await player.connections()).toEqual({ made: 1, restarts: 0 });

  await coturn.kill();
  await coturn.run();
  await Promise.any(players.map((player) => player.hasRestarted()));
  await players[0].say('Still there');
  await players[1].sees('Still there');
  for (const player of players) await player.isLinkedTo(1, 'TURN');
  const connections = await Promise.all(players.map((player) => player.connections()));
  expect(connections.map(({ made }) => made)).toEqual([1, 1]);
  expect(connections.map(({ restarts }) => restarts).sort()).toEqual([0, 1]);
  await end(players);
});

test.each(['tcp', 'tls'] as const)(
  'where nothing but %s gets through, players are linked by TURN',
  async (transport) => {
    const relay = await Coturn.start('127.0.0.1', { tls: true });
    const env = { ONLINE_MATCH_TURN_URLS: relay.urlBy(transport), ONLINE_MATCH_TURN_SECRET: relay.secret };
    const trusting = await launchBrowser('--ignore-certificate-errors');
    const there = await Site.start(env);
    const players = await pair('forced', 'forced', { there, by: trusting });
    for (const player of players) await player.isLinkedTo(1, 'TURN');
    await players[0].say('Over a stream');
    await players[1].sees('Over a stream');
    await end(players);
    await trusting.close();
    await there.stop();
    await relay.stop();
  },
);

test('players between whom WebRTC cannot be play through the server, which is shown, and that it has no voice', async () => {
  const players = await pair('forced', 'disabled');
  const [host, guest] = players;
  // After the time that the client gives the other ways.
  for (const { page } of players) page.setDefaultTimeout(CONNECT_MS + 30_000);
  for (const player of players) await player.isLinkedTo(1, 'server');
  await host.say('Through the server');
  await guest.sees('Through the server');
  expect(await host.button('Start the game').isDisabled()).toBe(false);
  await host.page.context().grantPermissions(['microphone']);
  await host.button('Turn the microphone on').click();
  await host.seesPlayer(guest.name, 'no voice');
  await end(players);
});

test('a link that cannot be, for want of a TURN server, is shown as failed at once, and whose want it is', async () => {
  const bare = await Site.start();
  const host = await Player.open(browser, `${bare.url}?relay=forced`);
  const guest = await Player.open(browser, bare.url, phone);
  await guest.page.getByLabel('Code or link').fill(await host.makeRoom());
  await guest.button('Join').click();
  await host.seesPlayer(guest.name, 'failed');
  await guest.seesPlayer(host.name, 'failed');
  for (const player of [host, guest]) await player.sees('0 of 1');
  for (const [player, other] of [
    [host, guest],
    [guest, host],
  ] as const)
    await player.seesPlayer(other.name, 'failed: no TURN server');
  const both = `${host.name} and ${guest.name}`;
  await host.sees(
    `${both}: your data must go through a TURN server (relay=forced in the address), and there is none.`,
  );
  await guest.sees(`${both}: the other’s data must go through a TURN server, and there is none.`);
  expect(await host.button('Start the game').isDisabled()).toBe(true);
  await end([host, guest]);
  await bare.stop();
});
