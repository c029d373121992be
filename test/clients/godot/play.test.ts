import { type Server, startServer } from '../../../kit/servers/server.ts';
import { AddonPeer } from '../web/addon-peer.ts';
import type { ClientPlayer } from '../web/client-player.ts';
import { createAndJoin, PlayerPool } from '../web/meshes.ts';
import { expectTalk, GodotPool } from './games.ts';
import type { GodotPlayer, ToldRoom } from './godot-player.ts';

let server: Server;
let games: GodotPool;
let web: PlayerPool;

beforeAll(async () => {
  server = await startServer({ config: { 'matchmaker.interval_sec': '1' } });
  games = new GodotPool(server);
  web = new PlayerPool(server);
});
afterEach(() => Promise.all([games.end(), web.closeAll()]));
afterAll(() => server?.stop());

type Three = [GodotPlayer, GodotPlayer, GodotPlayer];

/** What a plain packet of Godot's multiplayer begins with. */
const PLAIN = 3;

test('players with the web client are in one match with games of Godot', async () => {
  const [host] = (await web.connect(1)) as [ClientPlayer];
  const matchId = await createAndJoin([host]);
  const [first, second] = (await games.start(2)) as [GodotPlayer, GodotPlayer];
  await first.do('join_match', matchId);
  await second.do('join_match', matchId);
  await Promise.all([host.ready(3), first.ready(3), second.ready(3)]);
  await expectTalk([first, second]);

  host.match.send('all', new Uint8Array([PLAIN, ...new TextEncoder().encode('from the web')]));
  for (const game of [first, second])
    expect(await game.next('heard', ({ from }) => from === 1)).toEqual({ from: 1, text: 'from the web' });
  await first.do('send_bytes', 1, 'from Godot');
  const textOf = (data: unknown) => new TextDecoder().decode(new Uint8Array(data as ArrayBuffer).slice(1));
  await host.next('message', ({ from, data }) => from.peerId === 2 && textOf(data) === 'from Godot');
  expect([...first.complaints(), ...second.complaints()]).toEqual([]);
});

test('a link between a game of Godot and a player with the web client is made anew', async () => {
  const [game] = (await games.start(1)) as [GodotPlayer];
  const [player] = (await web.connect(1)) as [ClientPlayer];
  await game.do('create_match');
  await player.match.joinMatch(await game.next('match_created'));
  await Promise.all([player.ready(2), game.ready(2)]);
  for (const cut of [() => game.do('cut_link', 2), async () => player.match.connectionOf(1)?.close()]) {
    await cut();
    await Promise.all([player.next('matchNotReady'), game.next('match_not_ready')]);
    await Promise.all([player.ready(2), game.ready(2)]);
  }
  expect(game.all('peer_disconnected')).toEqual([]);
});

test('how long data takes there and back by a direct link is measured, and the server knows', async () => {
  const [first, second] = (await games.room(2)) as Three;
  const isMeasured = ({ via, rtt_ms }: ToldRoom['links'][number]) =>
    via === undefined && rtt_ms !== undefined;
  for (const game of [first, second]) await game.next('room_changed', ({ links }) => links.some(isMeasured));
});

test('a cut link is made anew, and what was said meanwhile arrives once', async () => {
  const [first, second] = (await games.room(2)) as Three;
  await first.do('cut_link', 2);
  await first.do('say', 'in between');
  await second.next('heard', ({ text }) => text === 'in between');
  await Promise.all([first.ready(2), second.ready(2)]);
  await expectTalk([first, second]);
  expect(second.all('heard').filter(({ text }) => text === 'in between')).toHaveLength(1);
  expect(second.all('peer_disconnected')).toEqual([]);
});

test('a player who leaves is gone for the others, and may come again as somebody new', async () => {
  const [host, second, third] = (await games.room(3)) as Three;
  await second.do('call_match', 'leave');
  for (const game of [host, third]) {
    await game.next('player_left', ({ peer_id }) => peer_id === 2);
    await game.next('peer_disconnected', (id) => id === 2);
  }
  expect((await second.look()).state).toBe(0);
  expect(await second.do('join_match', (await host.look()).match_id)).toBe(true);
  await Promise.all([host, second, third].map((game) => game.ready(3)));
  expect((await second.look()).peer_id).toBe(4);
  await expectTalk([host, second, third]);
});

test('the game goes on without a player whose process was killed', async () => {
  const [host, second, third] = (await games.room(3)) as Three;
  await third.kill();
  for (const game of [host, second]) {
    const gone = await game.next('player_away_changed', ({ away }) => away);
    expect(gone.peer_id).toBe(3);
  }
  await expectTalk([host, second]);
});

describe('a player who cannot come in is told why', () => {
  const refusal = async (player: GodotPlayer, code: string) => {
    const { message } = await player.next('failed', (failure) => failure.code === code);
    expect(await player.next('error')).toBe(message);
    expect((await player.look()).state).toBe(0);
    return message;
  };

  test('since there is no such match', async () => {
    const [player] = (await games.start(1)) as [GodotPlayer];
    expect(await player.do('join_match', 'nowhere')).toBe(false);
    expect(await refusal(player, 'match-not-found')).toBe('There is no such match, or it has ended.');
  });

  test('since the match is full', async () => {
    const [host, guest, stranger] = (await games.start(3, { max_players: 2 })) as GodotPlayer[] &
      [GodotPlayer, GodotPlayer, GodotPlayer];
    await host.do('create_match');
    const matchId = await host.next('match_created');
    expect(await guest.do('join_match', matchId)).toBe(true);
    expect(await stranger.do('join_match', matchId)).toBe(false);
    expect(await refusal(stranger, 'match-full')).toMatch(/taken/);
  });

  test('since it is for another version', async () => {
    const [host] = (await games.start(1)) as [GodotPlayer];
    const [stranger] = (await games.start(1, { client_version: '0.9' })) as [GodotPlayer];
    await host.do('create_match');
    expect(await stranger.do('join_match', await host.next('match_created'))).toBe(false);
    expect(await refusal(stranger, 'version-mismatch')).toMatch(/dev/);
  });

  test('since the game has begun', async () => {
    const [host, guest] = (await games.room(2)) as [GodotPlayer, GodotPlayer];
    expect(await guest.do('call_match', 'start_playing')).toBe(true);
    expect(await host.do('call_match', 'start_playing')).toBe(true);
    const [stranger] = (await games.start(1)) as [GodotPlayer];
    expect(await stranger.do('join_match', (await host.look()).match_id)).toBe(false);
    await refusal(stranger, 'match-sealed');
    expect((await host.look()).state).toBe(5);
  });
});

test('a player with the addon of old is in one match with games of Godot 4', async () => {
  const [first, second] = (await games.room(2)) as Three;
  const old = await AddonPeer.connect(server);
  try {
    await old.join((await first.look()).match_id);
    await Promise.all([first.ready(3), second.ready(3)]);
    for (const game of [first, second]) {
      await game.next('peer_connected', (id) => id === 3);
      await game.do('send_bytes', 3, 'hello');
    }
    old.close();
    for (const game of [first, second]) await game.next('player_left', ({ peer_id }) => peer_id === 3);
  } finally {
    old.close();
  }
});
