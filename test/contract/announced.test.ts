import { ANNOUNCED, nextView, Own, report as reportOf, viewIn } from '../../kit/contract/announced.ts';
import { onBothHosts } from '../../kit/contract/hosts.ts';
import { createRoom, newBots, refusalOf, settle } from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import type { MatchData } from '../../kit/players/wire.ts';

const { ROOM } = Own;

const report = (bot: Bot, matchId: string, peer: Bot, state: string, more: object = {}) =>
  reportOf(bot, matchId, peer.sessionId, state, more);

onBothHosts('clients that announce themselves', (world) => {
  test('get the room after every change, and once who they are and their ICE servers', async () => {
    const [creator, joiner] = (await newBots(world.host, 2)) as [Bot, Bot];
    const { match_id } = await createRoom(creator);
    await creator.join(match_id, ANNOUNCED);
    const first = await nextView(creator, () => true);
    expect(first).toMatchObject({
      you: creator.sessionId,
      phase: 'gathering',
      connected: true,
      ice_servers: [],
    });

    await joiner.join(match_id, ANNOUNCED);
    const both = await nextView(creator, ({ players }) => players.length === 2);
    expect(both.players.map(({ session_id }) => session_id)).toEqual([creator.sessionId, joiner.sessionId]);
    expect([both.you, both.ice_servers]).toEqual([undefined, undefined]);

    await joiner.leave(match_id);
    await nextView(creator, ({ players }) => players.length === 1);
  });

  test('learn when all are connected, and the host seals only then, or by force', async () => {
    const [creator, joiner] = (await newBots(world.host, 2)) as [Bot, Bot];
    const { match_id } = await createRoom(creator);
    await creator.join(match_id, ANNOUNCED);
    await joiner.join(match_id, ANNOUNCED);
    await nextView(joiner, ({ players }) => players.length === 2);
    const sealIt = (force: boolean) => creator.rpc('seal_online_match', { match_id, sealed: true, force });
    expect(await refusalOf(sealIt(false))).toMatch(/^links-pending: \S/);

    report(creator, match_id, joiner, 'connected');
    report(joiner, match_id, creator, 'failed');
    await nextView(creator, ({ links }) => links[0]?.state === 'failed');
    await sealIt(true);
    report(joiner, match_id, creator, 'connected');
    await nextView(creator, ({ connected, phase }) => connected && phase === 'sealed');
    await sealIt(false);
  });

  test('learn by which way others are connected and how long it is, and why they are not', async () => {
    const [creator, joiner] = (await newBots(world.host, 2)) as [Bot, Bot];
    const { match_id } = await createRoom(creator);
    await creator.join(match_id, ANNOUNCED);
    await joiner.join(match_id, ANNOUNCED);
    await nextView(joiner, ({ players }) => players.length === 2);
    report(creator, match_id, joiner, 'failed', { reason: 'no-relay' });
    await nextView(joiner, ({ links }) => links[0]?.reason === 'no-relay');
    report(creator, match_id, joiner, 'connected', { via: 'direct', rtt_ms: 12 });
    report(joiner, match_id, creator, 'connected', { via: 'turn', rtt_ms: 14 });
    const { links } = await nextView(creator, (view) => view.connected && view.links.length === 1);
    expect(links).toEqual([
      expect.objectContaining({ state: 'connected', via: 'turn', rtt_ms: expect.any(Number) }),
    ]);
    expect(links[0]).not.toHaveProperty('reason');
  });

  test('learn of many links together on the tick, and at once of the last one', async () => {
    const bots = await newBots(world.host, 6);
    const [creator, joiner] = bots as [Bot, Bot];
    const { match_id } = await createRoom(creator, { max_players: bots.length });
    for (const bot of bots) await bot.join(match_id, ANNOUNCED);
    for (const bot of bots) await nextView(bot, ({ players }) => players.length === bots.length);
    const before = creator.allData(ROOM).length;

    const reports = bots.flatMap((from) =>
      bots.filter((peer) => peer !== from).map((peer) => ({ from, peer })),
    );
    const [last, ...others] = reports as [(typeof reports)[number], ...typeof reports];
    for (const { from, peer } of others) report(from, match_id, peer, 'connected');
    const isUp = ({ state }: { state: string }) => state === 'connected';
    await nextView(joiner, ({ links }) => links.filter(isUp).length === links.length - 1);
    await settle(...bots);
    expect(creator.allData(ROOM).length - before).toBeLessThan(reports.length / 3);

    report(last.from, match_id, last.peer, 'connected');
    await settle(...bots);
    for (const bot of bots) expect(viewIn(bot.allData(ROOM).at(-1) as MatchData).connected).toBe(true);
  });

  test('are alone in that: others get none of it, and cannot report', async () => {
    const [creator, joiner] = (await newBots(world.host, 2)) as [Bot, Bot];
    const { match_id } = await createRoom(creator);
    await creator.join(match_id, ANNOUNCED);
    await joiner.join(match_id);
    await nextView(creator, ({ players }) => players.length === 2);
    report(joiner, match_id, creator, 'connected');
    await settle(creator, joiner);
    expect(joiner.all('match_data').map(({ op_code }) => op_code)).toEqual(['9002']);
    report(creator, match_id, joiner, 'connected');
    await nextView(creator, ({ connected }) => connected);
  });
});
