import { Line } from '../../../kit/servers/line.ts';
import { type Server, startServer } from '../../../kit/servers/server.ts';
import { expectTalk, GodotPool } from './games.ts';
import type { GodotPlayer } from './godot-player.ts';

let server: Server;
let games: GodotPool;

beforeAll(async () => {
  server = await startServer({ config: { 'matchmaker.interval_sec': '1' } });
  games = new GodotPool(server);
});
afterEach(() => games.end());
afterAll(() => server?.stop());

type Three = [GodotPlayer, GodotPlayer, GodotPlayer];

test('a host whose process was killed is followed by another, who gets the checkpoint', async () => {
  const [host, second, third] = (await games.room(3)) as Three;
  expect((await host.look()).is_host).toBe(true);
  await host.do('save_checkpoint', 'wave 7');
  await host.do('wait_for_checkpoint');

  const killed = Date.now();
  await host.kill();
  const [player, term] = await second.next('host_changed', ([{ peer_id }]) => peer_id === 2);
  const tookMs = Date.now() - killed;
  expect([player.peer_id, term]).toEqual([2, 2]);
  await third.next('host_changed', ([{ peer_id }]) => peer_id === 2);
  expect(atob(await second.next('checkpoint_restored'))).toBe('wave 7');
  expect(tookMs).toBeLessThan(6_000);

  const [now, other] = await Promise.all([second.look(), third.look()]);
  expect([now.is_host, now.is_server]).toEqual([true, false]);
  expect([other.is_host, other.is_server]).toEqual([false, false]);
  await expectTalk([second, third]);
  expect([...second.complaints(), ...third.complaints()]).toEqual([]);
  process.stdout.write(`another host after ${tookMs} ms\n`);
});

test('a host who leaves, or names another, is followed at once', async () => {
  const [host, second, third] = (await games.room(3)) as Three;
  expect(await host.do('call_match', 'transfer_host', [3])).toBe(true);
  for (const game of [host, second, third]) await game.next('host_changed', ([{ peer_id }]) => peer_id === 3);
  expect(await host.do('call_match', 'transfer_host', [2])).toBe(false);
  expect(await host.next('failed')).toMatchObject({ code: 'not-host' });
  await third.do('call_match', 'leave');
  for (const game of [host, second]) {
    const [player] = await game.next('host_changed', ([, term]) => term === 3);
    expect(player.peer_id).toBe(1);
  }
  expect((await host.look()).is_host).toBe(true);
});

test('a player whose socket was lost comes back to the same seat, and no link notices', async () => {
  const [host, second, third] = (await games.room(3)) as Three;
  await second.do('come_back');
  await second.do('close_socket');
  await second.next('reconnecting');
  for (const game of [host, third]) await game.next('player_away_changed', ({ away }) => away);
  await second.next('reconnected');
  for (const game of [host, third]) await game.next('player_away_changed', ({ away }) => !away);
  expect(await second.look()).toMatchObject({ peer_id: 2, peers: [1, 3] });
  await expectTalk([host, second, third]);
  for (const game of [host, second, third]) {
    expect(game.all('peer_disconnected')).toEqual([]);
    expect(game.all('player_left')).toEqual([]);
    expect(game.complaints()).toEqual([]);
  }
  // A link that breaks afterwards is made anew by the new socket.
  await second.do('cut_link', 1);
  await second.do('say', 'after all that');
  await host.next('heard', ({ text }) => text === 'after all that');
});

test('a player whose socket is dead and was not closed notices it, and comes back', async () => {
  const [host] = (await games.start(1)) as [GodotPlayer];
  const line = await Line.to(server);
  try {
    const [guest] = (await games.start(1, {}, { address: line })) as [GodotPlayer];
    await guest.do('come_back');
    await host.do('create_match');
    await guest.do('join_match', await host.next('match_created'));
    await games.expectMesh();
    // Twice, since the second socket must be watched, too.
    for (const sockets of [1, 2]) {
      line.swallow();
      await guest.next('reconnecting');
      await guest.next('reconnected');
      await expectTalk([host, guest]);
      expect(guest.all('reconnecting')).toHaveLength(sockets);
    }
    expect(await guest.look()).toMatchObject({ peer_id: 2, peers: [1] });
    for (const game of [host, guest]) {
      expect(game.all('peer_disconnected')).toEqual([]);
      expect(game.complaints()).toEqual([]);
    }
  } finally {
    line.close();
  }
});

test('a host whose socket was lost for a moment is still host', async () => {
  const [host, second] = (await games.room(2)) as Three;
  await host.do('come_back');
  await host.do('close_socket');
  await host.next('reconnected');
  await second.next('player_away_changed', ({ away }) => !away);
  expect(second.all('host_changed')).toHaveLength(1);
  expect(await host.look()).toMatchObject({ is_host: true, peer_id: 1 });
  expect(await host.do('call_match', 'start_playing')).toBe(true);
});

test('a link that is lost together with the socket is made anew after the return', async () => {
  const [host, second] = (await games.room(2)) as Three;
  await second.do('come_back');
  await second.do('close_socket');
  await second.do('cut_link', 1);
  await second.do('say', 'said in the dark');
  await second.next('reconnected');
  await host.next('heard', ({ text }) => text === 'said in the dark');
  expect(host.all('peer_disconnected')).toEqual([]);
});

test('a game that was killed and started again is back on its seat, and new to the others', async () => {
  const [host, second, third] = (await games.room(3)) as Three;
  const { match_id } = await host.look();
  await second.kill();
  const again = await games.startAgain(second);
  expect(await again.do('resume_match', match_id, 2)).toBe(true);
  for (const game of [host, third]) await game.next('peer_disconnected', (id) => id === 2);
  await again.ready(3);
  expect(await again.look()).toMatchObject({ peer_id: 2, peers: [1, 3] });
  await expectTalk([host, again, third]);
  for (const game of [host, third]) {
    expect(game.all('peer_connected').filter((id) => id === 2)).toHaveLength(2);
    expect(game.all('player_left')).toEqual([]);
  }
});

test('a host whose game stands still is followed by another, and goes on as a player', async () => {
  const [host, second, third] = (await games.room(3)) as Three;
  host.freeze();
  const [player] = await second.next('host_changed', ([, term]) => term === 2);
  expect(player.peer_id).toBe(2);
  host.thaw();
  await host.next('host_changed', ([, term]) => term === 2);
  expect((await host.look()).is_host).toBe(false);
  await expectTalk([host, second, third]);
  expect([host, second, third].flatMap((game) => game.all('peer_disconnected'))).toEqual([]);
});

test('without a way back the match is lost with the socket', async () => {
  const [, second] = (await games.room(2)) as Three;
  await second.do('close_socket');
  await second.next('disconnected');
  expect(await second.next('failed')).toMatchObject({ code: 'disconnected' });
  expect(await second.look()).toMatchObject({ state: 0, peers: [], players: [] });
});
