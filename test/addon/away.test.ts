import type { AddonPlayer } from '../../kit/addon/addon-player.ts';
import { type VariantName, variants } from '../../kit/addon/variants.ts';
import { ANNOUNCED, comeBack, nextView, playerIn, untilHere } from '../../kit/contract/announced.ts';
import { createRoom, newBots } from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import { newPlayers } from './steps.ts';
import { withNakama } from './world.ts';

/** What an addon sees of players who keep their seats, and of a host whose office passes on. */

const world = withNakama({ env: { ONLINE_MATCH_DEFAULT_VERSION: 'dev' } });

const NO = 'Unable to join match';

/** Red, who is host, and blue announced themselves; the addon came last. */
async function withAddon(variant: VariantName) {
  const dialect = variant === 'R' || variant === 'C' ? variant : 'A';
  const bots = (await newBots(world.host, 2)) as [Bot, Bot];
  const [red, blue] = bots;
  const { match_id: matchId } = await createRoom(red, { max_players: 4, client_version: 'dev', dialect });
  for (const bot of bots) {
    await bot.join(matchId, ANNOUNCED);
    if (dialect === 'R')
      bot.sendData(matchId, 9002, JSON.stringify({ client_version: 'dev', spectator: false }));
    await nextView(bot, ({ you }) => you !== undefined);
  }
  const addon = await join(variant, matchId);
  await untilHere(red, 3);
  for (const bot of bots) await addon.next('player_joined', (id) => id === bot.sessionId);
  return { matchId, red, blue, addon };
}

async function join(variant: VariantName, matchId: string): Promise<AddonPlayer> {
  const [addon] = (await newPlayers(world.host, [variant])) as [AddonPlayer];
  addon.match.joinMatch(matchId);
  return addon;
}

describe.each(['U', 'M', 'X', 'R', 'C'] as const)('%s', (variant) => {
  test('takes whoever lost their socket for gone, and for somebody new with the same peer id when they are back', async () => {
    const { matchId, blue, addon } = await withAddon(variant);
    blue.terminate();
    await addon.next('player_left', (id) => id === blue.sessionId);
    const back = await comeBack(world.host, blue, matchId, 2);
    await addon.next('player_joined', (id) => id === back.sessionId);
    expect(addon.match.now.players.get(back.sessionId)?.peer_id).toBe(2);
    expect(addon.shown).toEqual([]);
  });

  test('leaves when the host is away, and cannot come back before they are', async () => {
    const { matchId, red, blue, addon } = await withAddon(variant);
    red.terminate();
    await addon.untilLobby();
    expect(addon.shown).toEqual([variants[variant].texts.hostLeft]);
    await nextView(blue, (view) => playerIn(view, 1).away === true && view.players.length === 2);
    const late = await join(variant, matchId);
    await late.untilLobby();
    expect(late.shown).toEqual([NO]);

    const back = await comeBack(world.host, red, matchId, 1);
    const again = await join(variant, matchId);
    await again.next('player_joined', (id) => id === back.sessionId);
  });

  test('stays with a host who hands over, and nobody of its kind comes in any more', async () => {
    const { matchId, red, blue, addon } = await withAddon(variant);
    await red.rpc('transfer_online_match', { match_id: matchId, peer_id: 2 });
    await nextView(blue, ({ host }) => host?.peer_id === 2);
    const late = await join(variant, matchId);
    await late.untilLobby();
    expect(late.shown).toEqual([NO]);
    await addon.settled();
    expect([addon.shown, addon.match.now.players.size]).toEqual([[], 3]);
    await red.leave(matchId);
    await addon.untilLobby();
    expect(addon.shown).toEqual([variants[variant].texts.hostLeft]);
  });
});
