import { AddonPlayer } from '../../kit/addon/addon-player.ts';
import type { VariantName } from '../../kit/addon/variants.ts';
import type { Bot } from '../../kit/players/bot.ts';
import { ALL, expectMesh, poolTicket, sortedById } from './steps.ts';
import { withNakama } from './world.ts';

/** A matched player whose game died, or who lost their network, before they could join. */

const world = withNakama({ env: { ONLINE_MATCH_NO_SHOW_SEC: '1' } });

/** Players of 3 whom the matchmaker puts together; the one in place `absent` by session id never joins. */
async function matchedWithout(absent: number, variant: VariantName, minPlayers: number) {
  const bots = await Promise.all([0, 1, 2].map(async () => world.host.connect(await world.host.signIn())));
  const sorted = await sortedById(bots.map((bot) => ({ bot })));
  const [missing] = sorted.splice(absent, 1) as [{ bot: Bot }];
  const ticket = poolTicket();
  const counts = { min_count: minPlayers, max_count: 3 };
  const properties = { ...ticket.string_properties, client_version: 'dev' };
  await missing.bot.addMatchmaker({ ...ticket, ...counts, string_properties: properties });
  const players = sorted.map(({ bot }) => new AddonPlayer(bot, variant, { minPlayers, maxPlayers: 3 }));
  for (const player of players) player.startMatchmaking(ticket);
  return players;
}

const withEach = (play: (variant: VariantName) => Promise<void>) => Promise.all(ALL.map(play));

test('every variant is ready without a matched player who never joins', () =>
  withEach(async (variant) => {
    const players = await matchedWithout(2, variant, 2);
    await expectMesh(players);
    for (const player of players) expect(player.all('player_left')).toHaveLength(1);
  }));

test('every variant leaves when its host never joins, and tells its player why', () =>
  withEach(async (variant) => {
    const players = await matchedWithout(0, variant, 2);
    for (const player of players) await player.untilLobby();
    for (const { shown } of players) expect(shown).toEqual(shownBy(variant, NO_HOST));
  }));

test('every variant leaves when too few join, and tells its player why', () =>
  withEach(async (variant) => {
    const players = await matchedWithout(2, variant, 3);
    for (const player of players) await player.untilLobby();
    for (const { shown } of players) expect(shown).toEqual(shownBy(variant, TOO_FEW));
  }));

const NO_HOST = 'The host of this match never came.';
const TOO_FEW = 'Too few of the matched players came.';

/** Those with error codes have a text of their own for each code; one finds none and shows nothing. */
const shownBy = (variant: VariantName, reason: string): string[] => {
  if (variant === 'X') return [];
  return [variant === 'R' || variant === 'C' ? 'Sorry! The match has already begun.' : reason];
};
