import {
  comeBack,
  gatherAnnounced,
  link,
  nextView,
  Own,
  playerIn,
  report,
  resuming,
  untilHere,
} from '../../kit/contract/announced.ts';
import { onBothHosts } from '../../kit/contract/hosts.ts';
import {
  newBot,
  Op,
  offer,
  refusalOf,
  seal,
  sessionIdsOf,
  settle,
  signal,
} from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import { jsonOf } from '../../kit/players/wire.ts';

type Three = [Bot, Bot, Bot];

onBothHosts('a player who lost their socket', (world) => {
  test('is away, and comes back to the same peer id and to what was sent meanwhile', async () => {
    const { matchId, bots } = await gatherAnnounced(world.host, 3);
    const [red, green, blue] = bots as Three;
    await link(matchId, bots);
    blue.terminate();
    const away = playerIn(await nextView(red, (view) => playerIn(view, 3).away === true), 3);
    expect(away).toMatchObject({ session_id: blue.sessionId, away_sec: 30, generation: 0 });
    for (const sdp of ['one', 'two', 'three']) signal(red, matchId, offer(blue.sessionId, sdp));
    signal(green, matchId, offer(blue.sessionId, 'from green'));
    await settle(red, green);

    const back = await comeBack(world.host, blue, matchId, 3);
    expect(jsonOf(await back.nextData(Op.JOIN_SUCCESS)).players[back.sessionId].peer_id).toBe(3);
    expect((await untilHere(back, 3)).you).toBe(back.sessionId);
    const [first] = back.allData(Op.WEBRTC_PEER_METHOD);
    if (first !== undefined) expect(back.all('match_data').indexOf(first)).toBeGreaterThan(1);
    const told: string[] = [];
    while (told.length < 4) told.push(jsonOf(await back.nextData(Op.WEBRTC_PEER_METHOD)).sdp);
    expect(told.filter((sdp) => sdp !== 'from green')).toEqual(['one', 'two', 'three']);
    const here = await untilHere(red, 3);
    expect(playerIn(here, 3)).toMatchObject({ session_id: back.sessionId, generation: 0 });
    expect(here.connected).toBe(true);
    await settle(back, red);
    expect(back.unread('match_data')).toEqual([]);
  });

  test('comes back before the loss is known; the others see the old one leave before the new one comes', async () => {
    const { matchId, bots } = await gatherAnnounced(world.host, 3);
    const [red, green, blue] = bots as Three;
    const back = await comeBack(world.host, blue, matchId, 3);
    expect(jsonOf(await blue.nextData(Op.JOIN_ERROR))).toMatchObject({
      target: blue.sessionId,
      refusal: 'resumed-elsewhere',
    });
    for (const bot of [red, green]) {
      const view = await nextView(bot, (one) => playerIn(one, 3).session_id === back.sessionId);
      expect(playerIn(view, 3).away).toBeUndefined();
    }
    await settle(red, back);
    const events = red
      .all('match_presence_event')
      .flatMap(({ joins, leaves }) => [
        ...sessionIdsOf(leaves).map((id) => `- ${id}`),
        ...sessionIdsOf(joins).map((id) => `+ ${id}`),
      ]);
    const [left, came] = [events.indexOf(`- ${blue.sessionId}`), events.indexOf(`+ ${back.sessionId}`)];
    expect(left).toBeGreaterThanOrEqual(0);
    expect(came).toBeGreaterThan(left);

    // The old one's own leave comes late, and moves nothing.
    await blue.leave(matchId);
    signal(red, matchId, offer(back.sessionId, 'still there'));
    expect(jsonOf(await back.nextData(Op.WEBRTC_PEER_METHOD)).sdp).toBe('still there');
  });

  test('of two devices the last one wins, and the other is told', async () => {
    const { matchId, bots } = await gatherAnnounced(world.host, 2);
    const [red, blue] = bots as [Bot, Bot];
    const phone = await comeBack(world.host, blue, matchId, 2);
    await untilHere(phone, 2);
    const tablet = await comeBack(world.host, blue, matchId, 2);
    for (const bot of [blue, phone]) {
      expect(jsonOf(await bot.nextData(Op.JOIN_ERROR)).refusal).toBe('resumed-elsewhere');
    }
    await nextView(red, (view) => playerIn(view, 2).session_id === tablet.sessionId);
  });

  test('comes back into a sealed and full match with a password, and nobody else does', async () => {
    const { matchId, bots } = await gatherAnnounced(world.host, 2, { max_players: 2 });
    const [red, blue] = bots as [Bot, Bot];
    await link(matchId, bots);
    await red.rpc('update_online_match', { match_id: matchId, password: 'secret' });
    await seal(red, matchId);
    blue.terminate();
    await nextView(red, (view) => playerIn(view, 2).away === true);
    const stranger = await newBot(world.host);
    expect(await refusalOf(stranger.join(matchId, resuming(2)))).toMatch(/^seat-gone: \S/);
    expect(await refusalOf(stranger.join(matchId))).toMatch(/^match-sealed: /);
    const other = await world.host.connect(blue.account);
    expect(await refusalOf(other.join(matchId, { ...resuming(2), client_version: 'other' }))).toMatch(
      /^version-mismatch: /,
    );
    await comeBack(world.host, blue, matchId, 2);
    await untilHere(red, 2);
  });

  test('after a reload has a new generation, and nothing from before it', async () => {
    const { matchId, bots } = await gatherAnnounced(world.host, 2);
    const [red, blue] = bots as [Bot, Bot];
    await link(matchId, bots);
    blue.terminate();
    await nextView(red, (view) => playerIn(view, 2).away === true);
    signal(red, matchId, offer(blue.sessionId, 'old'));
    await settle(red);
    const back = await comeBack(world.host, blue, matchId, 2, true);
    const view = await nextView(red, (one) => playerIn(one, 2).generation === 1);
    expect(view.links.map(({ state }) => state)).toEqual(['connecting']);
    signal(red, matchId, offer(blue.sessionId, 'to the old session'));
    signal(red, matchId, offer(back.sessionId, 'new'));
    expect(jsonOf(await back.nextData(Op.WEBRTC_PEER_METHOD)).sdp).toBe('new');
  });

  test.each([1, 10])('comes back after %i s to the same peer id, and misses nothing', async (sec) => {
    const { matchId, bots } = await gatherAnnounced(world.host, 3);
    const [red, , blue] = bots as Three;
    await link(matchId, bots);
    blue.terminate();
    await nextView(red, (view) => playerIn(view, 3).away === true);
    for (let second = 0; second < sec; second++) {
      signal(red, matchId, offer(blue.sessionId, `${second}`));
      await red.pause(1000);
    }
    const back = await comeBack(world.host, blue, matchId, 3);
    for (let second = 0; second < sec; second++)
      expect(jsonOf(await back.nextData(Op.WEBRTC_PEER_METHOD)).sdp).toBe(`${second}`);
    const view = await untilHere(red, 3);
    expect(playerIn(view, 3).session_id).toBe(back.sessionId);
    expect(view.host).toEqual({ peer_id: 1, term: 1 });
  });

  test('who leaves is gone at once', async () => {
    const { matchId, bots } = await gatherAnnounced(world.host, 2);
    const [red, blue] = bots as [Bot, Bot];
    await blue.leave(matchId);
    await nextView(red, ({ players }) => players.length === 1);
    expect(await refusalOf(blue.join(matchId, resuming(2)))).toMatch(/^seat-gone: /);
  });

  test('everybody at once, and all come back', async () => {
    const { matchId, bots } = await gatherAnnounced(world.host, 3);
    await link(matchId, bots);
    for (const bot of bots) bot.terminate();
    const back: Bot[] = [];
    for (const [index, bot] of bots.entries()) {
      back.push(await comeBack(world.host, bot, matchId, index + 1));
    }
    // Whoever is back first may see others by the sockets that the server does not know to be lost.
    const sessions = back.map(({ sessionId }) => sessionId).join();
    for (const bot of back) {
      const view = await nextView(
        bot,
        ({ players }) => players.map((one) => one.session_id).join() === sessions,
      );
      expect(view.players.map(({ away }) => away ?? false)).toEqual([false, false, false]);
      expect(view.host).toEqual({ peer_id: 1, term: 1 });
    }
  });

  test('each of eight reloads in turn, and all keep their peer ids', async () => {
    const { matchId, bots } = await gatherAnnounced(world.host, 8);
    await link(matchId, bots);
    const now = [...bots];
    for (const [index, bot] of bots.entries()) {
      bot.terminate();
      now[index] = await comeBack(world.host, bot, matchId, index + 1, true);
      await nextView(now[index] as Bot, (view) => playerIn(view, index + 1).generation === 1);
    }
    const last = now.at(-1) as Bot;
    const view = await nextView(now[0] as Bot, (one) => playerIn(one, 8).session_id === last.sessionId);
    expect(view.players.map(({ session_id }) => session_id)).toEqual(now.map(({ sessionId }) => sessionId));
    expect(view.players.map(({ peer_id }) => peer_id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(view.host).toEqual({ peer_id: 1, term: 1 });
  });

  test('is taken for somebody new by an addon, under the same peer id', async () => {
    const { matchId, bots } = await gatherAnnounced(world.host, 2, { max_players: 3 });
    const [, blue] = bots as [Bot, Bot];
    const addon = await newBot(world.host);
    await addon.join(matchId);
    await addon.nextData(Op.JOIN_SUCCESS);
    blue.terminate();
    await addon.next('match_presence_event', ({ leaves }) => sessionIdsOf(leaves).includes(blue.sessionId));
    const back = await comeBack(world.host, blue, matchId, 2);
    const { players } = jsonOf(await addon.nextData(Op.JOIN_SUCCESS));
    expect(players[back.sessionId].peer_id).toBe(2);
    await settle(addon);
    expect(addon.all('match_data').map(({ op_code }) => op_code)).toEqual(['9002', '9002']);
  });
});

onBothHosts(
  'after the time for which seats are kept',
  (world) => {
    test('the seat is free, and the others are told', async () => {
      const { matchId, bots } = await gatherAnnounced(world.host, 2);
      const [red, blue] = bots as [Bot, Bot];
      await link(matchId, bots);
      blue.terminate();
      expect(playerIn(await nextView(red, (view) => playerIn(view, 2).away === true), 2).away_sec).toBe(2);
      await nextView(red, ({ players }) => players.length === 1);
      expect(await refusalOf(comeBack(world.host, blue, matchId, 2))).toMatch(/^seat-gone: /);
    });

    test('it is kept for longer in the background', async () => {
      const { matchId, bots } = await gatherAnnounced(world.host, 2);
      const [red, blue] = bots as [Bot, Bot];
      await link(matchId, bots);
      blue.sendData(matchId, Own.STATUS, JSON.stringify({ background: true }));
      await settle(blue);
      blue.terminate();
      expect(playerIn(await nextView(red, (view) => playerIn(view, 2).away === true), 2).away_sec).toBe(600);
      report(red, matchId, blue.sessionId, 'failed');
      await nextView(red, ({ links }) => links[0]?.state === 'failed');
    });
  },
  { env: { ONLINE_MATCH_AWAY_SEC: '2', ONLINE_MATCH_BACKGROUND_SEC: '600' } },
);
