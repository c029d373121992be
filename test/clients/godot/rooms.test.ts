import { type Server, startServer } from '../../../kit/servers/server.ts';
import { expectTalk, GodotPool } from './games.ts';
import type { GodotPlayer } from './godot-player.ts';

let server: Server;
let games: GodotPool;

beforeAll(async () => {
  server = await startServer({ config: { 'match.label_update_interval_ms': '100' } });
  games = new GodotPool(server);
});
afterEach(() => games.end());
afterAll(() => server?.stop());

type Three = [GodotPlayer, GodotPlayer, GodotPlayer];

test('a public match is found in the list, and by its code', async () => {
  const [host, guest, friend] = (await games.start(3)) as Three;
  await host.do('create_match', { visibility: 'public', name: 'Friday', properties: { mode: 'duel' } });
  const matchId = await host.next('match_created');
  const listed = async () => {
    const { matches } = (await guest.do('list_matches', { properties: { mode: 'duel' } })) as {
      matches: { match_id: string; name: string }[];
    };
    return matches;
  };
  // Nakama's listing is a moment behind.
  let matches = await listed();
  while (matches.length === 0) matches = await listed();
  expect(matches).toMatchObject([{ match_id: matchId, name: 'Friday' }]);
  expect(await guest.do('join_match', matches[0]?.match_id)).toBe(true);

  const { code } = await host.look();
  expect(await friend.do('join_match', ` ${code.slice(0, 3).toLowerCase()}-${code.slice(3)}`)).toBe(true);
  expect((await friend.look()).match_id).toBe(matchId);
  await games.expectMesh();
});

test('players who ask for any match come together in one', async () => {
  const [first, second] = (await games.start(2)) as Three;
  const wanted = { properties: { mode: 'race' } };
  expect(await first.do('join_or_create_match', wanted, { name: 'Any' })).toBe(true);
  expect(await second.do('join_or_create_match', wanted)).toBe(true);
  await games.expectMesh();
  expect((await first.look()).match_id).toBe((await second.look()).match_id);
});

test('a password keeps out who does not know it', async () => {
  const [host, guest] = (await games.start(2)) as Three;
  await host.do('create_match', { password: 'sesame' });
  const matchId = await host.next('match_created');
  expect(await guest.do('join_match', matchId)).toBe(false);
  expect(await guest.next('failed')).toMatchObject({ code: 'password-required' });
  expect(await guest.do('join_match', matchId, 'simsim')).toBe(false);
  expect(await guest.next('failed')).toMatchObject({ code: 'wrong-password' });
  expect(await guest.do('join_match', matchId, 'sesame')).toBe(true);
  await games.expectMesh();
});

test('players say that they are ready, and what they are', async () => {
  const [host, guest] = (await games.room(2)) as Three;
  await guest.do('call_match', 'set_player_properties', [{ hat: 'red' }]);
  await guest.do('call_match', 'set_ready', [true]);
  await host.next(
    'room_changed',
    ({ players }) => players[1]?.ready === true && players[1].properties.hat === 'red',
  );
  expect(await host.do('call_match', 'start_playing', [false, true])).toBe(false);
  expect(await host.next('failed')).toMatchObject({ code: 'not-ready' });
  await host.do('call_match', 'set_ready', [true]);
  await host.next('room_changed', ({ all_ready }) => all_ready);
  expect(await host.do('call_match', 'start_playing', [false, true])).toBe(true);
  expect(await host.do('call_match', 'update_match', [{ name: 'Round 2' }])).toBe(true);
  await guest.next('room_changed', ({ name }) => name === 'Round 2');
});

test('a host sends a player away, who is told why and stays away', async () => {
  const [host, guest, other] = (await games.room(3)) as Three;
  await guest.do('come_back');
  expect(await host.do('call_match', 'kick', [2, 'no shouting', true])).toBe(true);
  const { code, message } = await guest.next('failed');
  expect([code, message]).toEqual(['banned', expect.stringContaining('no shouting')]);
  expect((await guest.look()).state).toBe(0);
  for (const game of [host, other]) await game.next('player_left', ({ peer_id }) => peer_id === 2);
  expect(await guest.do('join_match', (await host.look()).match_id)).toBe(false);
  expect(await guest.next('failed')).toMatchObject({ code: 'banned' });
  await expectTalk([host, other]);
});
