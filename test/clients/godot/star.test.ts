import { type Server, startServer } from '../../../kit/servers/server.ts';
import type { ClientPlayer } from '../web/client-player.ts';
import { PlayerPool } from '../web/meshes.ts';
import { expectTalk, GodotPool } from './games.ts';
import type { GodotPlayer } from './godot-player.ts';

let server: Server;
let games: GodotPool;
let web: PlayerPool;

beforeAll(async () => {
  server = await startServer();
  games = new GodotPool(server);
  web = new PlayerPool(server);
});
afterEach(() => Promise.all([games.end(), web.closeAll()]));
afterAll(() => server?.stop());

type Four = [GodotPlayer, GodotPlayer, GodotPlayer, GodotPlayer];

const connectionsOf = async (players: readonly GodotPlayer[]) =>
  (await Promise.all(players.map((game) => game.look()))).map(({ connections }) => connections);

test('in a star all are peers of all, though only the host is linked to the others', async () => {
  const [host, second, third] = (await games.room(3, { topology: 'star' })) as Four;
  expect(await connectionsOf([host, second, third])).toEqual([[2, 3], [1], [1]]);
  expect(await second.look()).toMatchObject({ peer_id: 2, is_server: false, peers: [1, 3] });

  await second.do('say_to', 3, 'past the host');
  expect(await third.next('heard', ({ text }) => text === 'past the host')).toMatchObject({ from: 2 });
  await second.do('say_to', 1, 'to the host');
  await host.next('heard', ({ text }) => text === 'to the host');
  expect(host.all('heard').map(({ text }) => text)).not.toContain('past the host');
  expect(await host.do('call_match', 'start_playing')).toBe(true);
});

test('when the host of a star is killed another one is its centre, and the peers stay', async () => {
  const players = (await games.room(4, { topology: 'star' })) as Four;
  const [host, ...others] = players;
  await host.kill();
  for (const game of others) await game.next('host_changed', ([{ peer_id }]) => peer_id === 2);
  await Promise.all(others.map((game) => game.ready(4)));
  await expectTalk(others);
  const [heir, third, fourth] = others;
  expect((await connectionsOf([third, fourth])).map((all) => all.filter((id) => id !== 1))).toEqual([
    [2],
    [2],
  ]);
  expect(await heir.look()).toMatchObject({ is_host: true, is_server: false, peer_id: 2 });
  for (const game of others) {
    expect(game.all('peer_disconnected')).toEqual([]);
    expect(game.complaints()).toEqual([]);
  }
});

test('a star whose host hands over or leaves goes on, and takes in somebody new', async () => {
  const players = (await games.room(3, { topology: 'star' })) as Four;
  const [host, second, third] = players;
  const { match_id } = await host.look();
  expect(await host.do('call_match', 'transfer_host', [3])).toBe(true);
  for (const game of players) await game.next('host_changed', ([{ peer_id }]) => peer_id === 3);
  await Promise.all(players.map((game) => game.ready(3)));
  await expectTalk(players);
  expect(await connectionsOf(players)).toEqual([[3], [3], [1, 2]]);

  await third.do('call_match', 'leave');
  for (const game of [host, second]) await game.next('peer_disconnected', (id) => id === 3);
  const [late] = (await games.start(1)) as [GodotPlayer];
  expect(await late.do('join_match', match_id)).toBe(true);
  await Promise.all([host, second, late].map((game) => game.ready(3)));
  await expectTalk([host, second, late]);
});

test('in a star whose host has the web client, games hear the host alone', async () => {
  const [host] = (await web.connect(1)) as [ClientPlayer];
  const { matchId } = await host.match.createMatch({ topology: 'star' });
  const [first, second] = (await games.start(2)) as [GodotPlayer, GodotPlayer];
  for (const game of [first, second]) await game.do('join_match', matchId);
  await Promise.all([host.ready(3), first.ready(3), second.ready(3)]);
  expect((await first.look()).peers).toEqual([1]);
  expect((await second.look()).peers).toEqual([1]);
  await first.do('send_bytes', 1, 'from Godot');
  await host.next('message', ({ from }) => from.peerId === 2);
});
