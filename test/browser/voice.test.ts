import wrtc from '@roamhq/wrtc';
import { OnlineMatch } from '../../clients/web/src/index.ts';
import { NakamaJsPlayer } from '../../kit/players/nakama-js-player.ts';
import { type Player, phone } from './support/player.ts';
import { Visitors } from './support/visitors.ts';
import { hasOffered, hears, hearsNobody, holdSignals, MICROPHONE, watchedOf } from './support/voices.ts';

jest.setTimeout(240_000);

const visitors = new Visitors(60_000, MICROPHONE);
const speaking = { permissions: ['microphone'] };

/** Somebody whose browser lets the page have the microphone. */
const open = (url?: string, options = {}) => visitors.open(url, { ...speaking, ...options });

const turn = (player: Player, how: 'on' | 'off') => player.button(`Turn the microphone ${how}`).click();
const seesSpeaker = (player: Player, name: string) => player.seesPlayer(name, 'microphone on');

test('both turn it on at once and hear each other, while the chat goes on; a late one hears them, and off is silent', async () => {
  const host = await open();
  const link = await host.makeRoom();
  const guest = await open(link, phone);
  for (const player of [host, guest]) await player.isLinkedTo(1);
  await hearsNobody(guest.page);

  const release = await Promise.all([holdSignals(host.page), holdSignals(guest.page)]);
  for (const player of [host, guest]) await turn(player, 'on');
  for (const { page } of [host, guest]) await hasOffered(page);
  for (const go of release) await go();
  await Promise.all([hears(host.page, 1), hears(guest.page, 1)]);
  await host.say('Do you hear me?');
  await guest.sees('Do you hear me?');

  const late = await open(link);
  for (const player of [host, guest]) await seesSpeaker(late, player.name);
  // Whoever came by a link hears nothing before they touch the page.
  await late.page.getByRole('heading').first().click();
  await hears(late.page, 2);

  await turn(host, 'off');
  await turn(guest, 'off');
  await hearsNobody(late.page);
  for (const player of [host, guest])
    await late.row(player.name).filter({ hasNotText: 'microphone on' }).waitFor();
  await late.say('Quiet at last');
  await host.sees('Quiet at last');
  let rollbacks = 0;
  for (const [{ page }, made] of [
    [host, 2],
    [guest, 2],
    [late, 2],
  ] as const) {
    const watched = await watchedOf(page);
    rollbacks += watched.rollbacks;
    expect(watched).toMatchObject({ made, closedChannels: 0 });
    // The server passes on 16 KB.
    expect(watched.longestDescription).toBeLessThan(8_192);
  }
  expect(rollbacks).toBe(1);
});

test('a player in Node without media stays linked to those who speak', async () => {
  const host = await open();
  const link = await host.makeRoom();
  const { host: address, port, key } = visitors.site.address;
  const node = await NakamaJsPlayer.connect({ host: address, port, serverKey: key });
  const RTCPeerConnection = wrtc.RTCPeerConnection as unknown as typeof globalThis.RTCPeerConnection;
  const match = new OnlineMatch(node.socket, { RTCPeerConnection, clientVersion: 'tag-1' });
  const said = new Promise((resolve) =>
    match.on('message', ({ data }) => /Still/.test(`${data}`) && resolve(data)),
  );
  await match.joinMatch(new URL(link).hash.slice(1));
  const guest = await open(link);
  for (const player of [host, guest]) await player.isLinkedTo(2);
  for (const player of [host, guest]) await turn(player, 'on');
  await Promise.all([hears(host.page, 1), hears(guest.page, 1)]);
  await host.seesPlayer(node.name, 'no voice');
  await host.say('Still there');
  await said;
  expect(match.players.map(({ status }) => status)).toEqual(['connected', 'connected', 'connected']);
  expect(() => match.addTrack({} as MediaStreamTrack)).toThrow(
    expect.objectContaining({ code: 'unsupported' }),
  );
  await match.leave();
  node.socket.disconnect(false);
});

test('who is not let use the microphone, or has none to use, is told why and what to do', async () => {
  const refused = await visitors.open();
  await refused.makeRoom();
  await turn(refused, 'on');
  await refused.sees('Allow it beside the address of this page, and turn it on again.');
  await refused.canReadOnAnyScreen();
  expect(await refused.button('Turn the microphone on').isEnabled()).toBe(true);

  const far = await open(visitors.site.url.replace('127.0.0.1', 'tag.test'), { permissions: [] });
  await far.makeRoom();
  expect(await far.button('Turn the microphone on').isEnabled()).toBe(false);
  await far.sees('Browsers give the microphone only to pages by https');
  await far.canReadOnAnyScreen();
});
