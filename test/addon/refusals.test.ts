import type { AddonPlayer } from '../../kit/addon/addon-player.ts';
import { type VariantName, variants } from '../../kit/addon/variants.ts';
import { eventually, newBot, viewRoom } from '../../kit/contract/steps.ts';
import { createAndJoin, expectMesh, newPlayers, timesOf } from './steps.ts';
import { serverMade, withNakama } from './world.ts';

/** What a player reads on their screen when they cannot come in, or cannot stay. */

const world = withNakama();

const BEGUN = 'Sorry! The match has already begun.';
const NO = 'Unable to join match';

/** One that shows nothing for a 9003 still leaves; where it can, the server says no at the door. */
const shows = (variant: VariantName, text: string): string[] => (variant === 'X' ? [] : [text]);

const playing = async (variant: VariantName, count: number, options = {}) => {
  const players = await newPlayers(world.host, timesOf(count, variant), options);
  const matchId = await createAndJoin(players, { atOnce: false });
  await expectMesh(players);
  return { players, matchId };
};

const latecomer = async (variant: VariantName, options = {}) =>
  (await newPlayers(world.host, [variant], options))[0] as AddonPlayer;

/** The game has left the match, whether or not it told its player why. */
const hasLeft = async (player: AddonPlayer) => {
  await player.untilLobby();
  return player.shown;
};

test.each([
  ['R', 'U'],
  ['U', 'R'],
] as const)(
  '%s tells its player that a match of %s is not for them, and the match goes on',
  async (stranger, variant) => {
    const matchId = await serverMade(world.host, { max_players: 4, client_version: 'dev' });
    const players = await newPlayers(world.host, [variant, variant]);
    for (const player of players) player.match.joinMatch(matchId);
    await expectMesh(players);
    const late = await latecomer(stranger);
    late.match.joinMatch(matchId);
    expect(await hasLeft(late)).toEqual([
      stranger === 'R' ? "Client version doesn't match host" : expect.stringContaining('"dialect": "A"'),
    ]);
    await expectNoGhosts(players, false);
  },
  // The stranger waits for as long as they might ask.
  60_000,
);

describe.each(['U', 'M', 'X', 'R', 'C'] as const)('%s tells its player', (variant) => {
  const { texts } = variants[variant];

  test('that the match has begun, first by the host and then at the door', async () => {
    const { players, matchId } = await playing(variant, 2);
    for (const player of players) player.match.startPlaying();

    const [first, second] = [await latecomer(variant), await latecomer(variant)];
    first.match.joinMatch(matchId);
    expect(await hasLeft(first)).toEqual(shows(variant, BEGUN));
    second.match.joinMatch(matchId);
    expect(await hasLeft(second)).toEqual([NO]);
    // Asked before it hears of the join, a host of R lets them in, and refuses them then: the others see them go.
    await expectNoGhosts(players, variant !== 'R');
  });

  test('that their host has no seat left', async () => {
    const { players, matchId } = await playing(variant, 2, { maxPlayers: 2, maxTotalPlayers: 2 });
    const late = await latecomer(variant);
    late.match.joinMatch(matchId);

    const full = String(variants[variant].joinError('', 'full').reason);
    expect(await hasLeft(late)).toEqual(shows(variant, full));
    await expectNoGhosts(players);
  });

  test('that their host has another version', async () => {
    const { players, matchId } = await playing(variant, 2);
    const other = await latecomer(variant, { clientVersion: '0.9' });
    other.match.joinMatch(matchId);

    expect(await hasLeft(other)).toContain("Client version doesn't match host");
    await expectNoGhosts(players, false);
  });

  test('that there is no such match', async () => {
    const player = await latecomer(variant);
    player.match.joinMatch('00000000-0000-4000-8000-000000000000.online-match');
    expect(await hasLeft(player)).toEqual([NO]);
  });

  test('that a match of the server is full', async () => {
    const dialect = variant === 'R' || variant === 'C' ? variant : 'A';
    const matchId = await serverMade(world.host, { max_players: 2, client_version: 'dev', dialect });
    const players = await newPlayers(world.host, [variant, variant]);
    for (const player of players) player.match.joinMatch(matchId);
    await expectMesh(players);

    const late = await latecomer(variant);
    late.match.joinMatch(matchId);
    expect(await hasLeft(late)).toEqual([NO]);
  });

  test.each(['leaves', 'is gone'] as const)('within 2 s that the host %s', async (how) => {
    const { players, matchId } = await playing(variant, 3);
    const watcher = await newBot(world.host);
    const [host, ...others] = players as [AddonPlayer, ...AddonPlayer[]];
    const leftAt = Date.now();
    if (how === 'leaves') host.match.leave();
    else host.bot.terminate();

    for (const player of others) expect(await hasLeft(player)).toEqual([texts.hostLeft]);
    // Nakama itself tells clients that they left; the room, of which they were no ordinary member, must know it too.
    const { phase } = await eventually(
      watcher,
      () => viewRoom(watcher, matchId),
      (view) => view.phase === 'closed',
    );
    expect(phase).toBe('closed');
    expect(Date.now() - leftAt).toBeLessThan(2000);
    for (const player of others) expect(player.match.script.errors).toEqual([]);
  });
});

/** Nobody who was refused stays in anybody's game; only the host, who lists some of them, ever has them there. */
async function expectNoGhosts(players: AddonPlayer[], isHostAlone = true): Promise<void> {
  const everybody = players.map(({ sessionId }) => sessionId).sort();
  for (const [i, player] of players.entries()) {
    await player.settled();
    const strangers = player.all('player_joined').filter((id) => !everybody.includes(id as string));
    if (i > 0 && isHostAlone) expect(strangers).toEqual([]);
    for (const stranger of strangers) await player.next('player_left', (id) => id === stranger);
    expect(player.playerIds).toEqual(everybody);
    expect(player.shown).toEqual([]);
  }
}
