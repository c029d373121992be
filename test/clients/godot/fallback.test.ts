import { Coturn } from '../../../kit/servers/coturn.ts';
import { type Server, startServer } from '../../../kit/servers/server.ts';
import type { ClientPlayer } from '../web/client-player.ts';
import { PlayerPool } from '../web/meshes.ts';
import { GodotPool } from './games.ts';
import type { GodotPlayer } from './godot-player.ts';

jest.setTimeout(300_000);

let coturn: Coturn;
let server: Server;
let games: GodotPool;
let web: PlayerPool;

beforeAll(async () => {
  coturn = await Coturn.start();
  server = await startServer({
    env: { ONLINE_MATCH_TURN_URLS: coturn.url, ONLINE_MATCH_TURN_SECRET: coturn.secret },
  });
  games = new GodotPool(server);
  web = new PlayerPool(server, 100_000);
}, 60_000);
afterEach(() => Promise.all([games.end(), web.closeAll()]));
afterAll(async () => {
  await server?.stop();
  await coturn?.stop();
});

/** What a plain packet of Godot's multiplayer begins with. */
const PLAIN = 3;
const FORCED = 1;
const DISABLED = 2;
/** By TURN servers only, and by none: so no connection comes up between these two. */
const apart = [{ use_network_relay: FORCED }, { use_network_relay: DISABLED }] as const;

const packed = (text: string) => new Uint8Array([PLAIN, ...new TextEncoder().encode(text)]);
const textOf = (data: unknown) => new TextDecoder().decode(new Uint8Array(data as ArrayBuffer).slice(1));
const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);

test('games between whom no connection comes up play through the server', async () => {
  const [host] = (await games.start(1, apart[0])) as [GodotPlayer];
  const [guest] = (await games.start(1, apart[1])) as [GodotPlayer];
  await host.do('create_match');
  await guest.do('join_match', await host.next('match_created'));
  await Promise.all([host.linkedBy('server', 2), guest.linkedBy('server', 1)]);
  await games.expectMesh();

  const long = 'long '.repeat(10_000);
  await host.do('say', long);
  for (const number of numbers(100)) await host.do('say', `${number}`);
  await guest.next('heard', ({ text }) => text === '99');
  const heard = guest.all('heard').map(({ text }) => text);
  expect(heard.slice(heard.indexOf(long) + 1)).toEqual(numbers(100).map(String));
  expect(await host.do('call_match', 'start_playing')).toBe(true);
  expect([host, guest].flatMap((game) => game.complaints())).toEqual([]);
});

test('a game and a player with the web client play through the server, either one making the offers', async () => {
  for (const isWebFirst of [true, false]) {
    const [player] = (await web.connect(1, { useNetworkRelay: 'disabled' })) as [ClientPlayer];
    const [game] = (await games.start(1, apart[0])) as [GodotPlayer];
    if (isWebFirst) {
      const { matchId } = await player.match.createMatch();
      await game.do('join_match', matchId);
    } else {
      await game.do('create_match');
      await player.match.joinMatch(await game.next('match_created'));
    }
    await player.next('playerStatusChanged', ({ status, via }) => status === 'connected' && via === 'server');
    await Promise.all([player.ready(2), game.ready(2)]);
    const gameId = isWebFirst ? 2 : 1;
    for (const number of numbers(50)) {
      player.match.send('all', packed(`${number}`));
      await game.do('send_bytes', player.peerId, `${number}`);
    }
    await game.next('heard', ({ text }) => text === '49');
    await player.next('message', ({ data }) => textOf(data) === '49');
    expect(game.all('heard')).toEqual(numbers(50).map((number) => ({ from: 3 - gameId, text: `${number}` })));
    expect(player.all('message').map(({ data }) => textOf(data))).toEqual(numbers(50).map(String));
    expect(game.complaints()).toEqual([]);
  }
});

test('what a game and a player with the web client say arrives once while the link changes its way', async () => {
  const [player] = (await web.connect(1, { useNetworkRelay: 'forced' })) as [ClientPlayer];
  const [game] = (await games.start(1, apart[0])) as [GodotPlayer];
  const { matchId } = await player.match.createMatch();
  await game.do('join_match', matchId);
  await Promise.all([player.ready(2), game.ready(2)]);
  let sent = 0;
  let isTalking = true;
  const talk = (async () => {
    while (isTalking) {
      player.match.send('all', packed(`${sent}`));
      await game.do('send_bytes', 1, `${sent}`);
      sent++;
    }
  })();
  const onWay = (way: string) =>
    player.next('playerStatusChanged', ({ status, via }) => status === 'connected' && via === way);
  try {
    await coturn.kill();
    await Promise.all([onWay('server'), game.linkedBy('server', 1)]);
    await coturn.run();
    await Promise.all([onWay('turn'), game.linkedBy('turn', 1)]);
  } finally {
    isTalking = false;
    await talk;
  }
  const last = `${sent - 1}`;
  await game.next('heard', ({ text }) => text === last);
  await player.next('message', ({ data }) => textOf(data) === last);
  expect(game.all('heard').map(({ text }) => text)).toEqual(numbers(sent).map(String));
  expect(player.all('message').map(({ data }) => textOf(data))).toEqual(numbers(sent).map(String));
  expect(game.all('peer_disconnected')).toEqual([]);
});
