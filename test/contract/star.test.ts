import { gatherAnnounced, nextView, Own, report, viewIn } from '../../kit/contract/announced.ts';
import { onBothHosts } from '../../kit/contract/hosts.ts';
import { candidate, newBots, Op, offer, refusalOf, settle, signal } from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import type { MatchData } from '../../kit/players/wire.ts';

const CAN = { online_match: '1', can: 'ice_restart fallback' };
const ADDRESS = 'candidate:1 1 udp 1 203.0.113.77 4000 typ host';

/** All that somebody was ever sent, as text. */
const wireOf = (bot: Bot) =>
  bot
    .all('match_data')
    .map(({ data = '' }) => Buffer.from(data, 'base64').toString())
    .join('\n');

onBothHosts('a star', (world) => {
  test('passes signals between the host and each other: nobody else’s address reaches anybody but the host', async () => {
    const { matchId, bots } = await gatherAnnounced(world.host, 3, { topology: 'star', max_players: 3 }, CAN);
    const [host, one, other] = bots as [Bot, Bot, Bot];
    const to = (bot: Bot) => [{ session_id: bot.sessionId }];
    for (const target of [other, host]) {
      signal(one, matchId, offer(target.sessionId, `v=0 ${ADDRESS}`));
      signal(one, matchId, candidate(target.sessionId, ADDRESS));
      one.sendData(matchId, Own.FALLBACK, `\x01${ADDRESS}`, to(target));
    }
    await host.nextData(Own.FALLBACK);
    signal(host, matchId, offer(other.sessionId));
    await other.nextData(Op.WEBRTC_PEER_METHOD);
    await settle(host, one, other);
    expect(wireOf(host)).toContain('203.0.113.77');
    expect(wireOf(other)).not.toContain('203.0.113.77');
  });

  test('is connected when the links with the host are, and shows no others', async () => {
    const { matchId, bots } = await gatherAnnounced(world.host, 3, { topology: 'star', max_players: 3 }, CAN);
    const [host, one, other] = bots as [Bot, Bot, Bot];
    for (const bot of [one, other]) {
      report(host, matchId, bot.sessionId, 'connected');
      report(bot, matchId, host.sessionId, 'connected');
    }
    const { links } = await nextView(other, (view) => view.connected && view.links.length === 2);
    expect(links.every(({ a, b }) => a === host.sessionId || b === host.sessionId)).toBe(true);
    await host.rpc('seal_online_match', { match_id: matchId, sealed: true });
  });

  test('has another centre with another host', async () => {
    const { matchId, bots } = await gatherAnnounced(world.host, 3, { topology: 'star', max_players: 3 }, CAN);
    const [host, heir, other] = bots as [Bot, Bot, Bot];
    await host.rpc('transfer_online_match', { match_id: matchId, peer_id: 2 });
    const { links } = await nextView(other, (view) => view.host?.peer_id === 2);
    expect(links.every(({ a, b }) => a === heir.sessionId || b === heir.sessionId)).toBe(true);
    signal(other, matchId, offer(heir.sessionId));
    await heir.nextData(Op.WEBRTC_PEER_METHOD);
  });

  test('lets nobody in who does not announce themselves, and says so; others read in the room what it is', async () => {
    const { matchId, bots } = await gatherAnnounced(world.host, 2, { topology: 'star', max_players: 3 }, CAN);
    const [plain] = (await newBots(world.host, 1)) as [Bot];
    expect(await refusalOf(plain.join(matchId))).toMatch(/^star: \S/);
    const view = viewIn(bots[0]?.allData(Own.ROOM).at(-1) as MatchData);
    expect(view).toMatchObject({ topology: 'star' });
  });
});
