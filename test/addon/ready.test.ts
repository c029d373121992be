import type { AddonPlayer } from '../../kit/addon/addon-player.ts';
import type { VariantName } from '../../kit/addon/variants.ts';
import { ALL, createAndJoin, dismiss, expectMesh, matchmake, newPlayers, SIZES, timesOf } from './steps.ts';
import { serverMade, withNakama } from './world.ts';

const world = withNakama();

const dialectOf = (variant: VariantName) => (variant === 'R' || variant === 'C' ? variant : 'A');

type WayIn = (players: AddonPlayer[]) => unknown;

async function inEverySize(variant: VariantName, wayIn: WayIn): Promise<void> {
  const rooms = SIZES.map(async (size) => {
    const options = { minPlayers: size, maxPlayers: size };
    const players = await newPlayers(world.host, timesOf(size, variant), options);
    await wayIn(players);
    await expectMesh(players);
    dismiss(players);
  });
  await Promise.all(rooms);
}

/** `npm run compatibility` asks for more: what is a race shows itself only now and then. */
const times = Number(process.env.ADDON_TIMES ?? 1);

describe.each(timesOf(times, ALL).flat())('%s is ready with 2, 4 and 8 players', (variant) => {
  test('when one creates a match and the others join at once', () => inEverySize(variant, createAndJoin));

  test('when one creates a match and the others join one by one', async () => {
    for (const size of SIZES) {
      const players = await newPlayers(world.host, timesOf(size, variant));
      await createAndJoin(players, { atOnce: false });
      await expectMesh(players);
      dismiss(players);
    }
  });

  test('when the matchmaker brings them together', () => inEverySize(variant, matchmake));

  test('when the server makes the match and all join', () =>
    inEverySize(variant, async (players) => {
      const request = { min_players: 2, max_players: players.length, dialect: dialectOf(variant) };
      const matchId = await serverMade(world.host, { ...request, client_version: 'dev' });
      for (const player of players) player.match.joinMatch(matchId);
    }));
});

test('R is ready with 2, 4 and 8 players in a match for which nobody said what they speak', () =>
  inEverySize('R', async (players) => {
    const matchId = await serverMade(world.host, { max_players: players.length, client_version: 'dev' });
    for (const player of players) player.match.joinMatch(matchId);
  }));

describe('the variants of one protocol play together', () => {
  const mixed: VariantName[] = ['U', 'M', 'X', 'U', 'M', 'X', 'U', 'M'];

  test.each([0, 1, 2])('in a match that the one in place %d creates', async (first) => {
    const variants = [...mixed.slice(first), ...mixed.slice(0, first)];
    const players = await newPlayers(world.host, variants);
    await createAndJoin(players);
    await expectMesh(players);
  });

  test('in a match of the matchmaker', async () => {
    const players = await newPlayers(world.host, mixed, { minPlayers: 8, maxPlayers: 8 });
    matchmake(players);
    await expectMesh(players);
  });

  test('in a match of the server', async () => {
    const players = await newPlayers(world.host, mixed);
    const matchId = await serverMade(world.host, { max_players: 8 });
    for (const player of players) player.match.joinMatch(matchId);
    await expectMesh(players);
  });
});
