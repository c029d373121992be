import {
  ANNOUNCED,
  comeBack,
  gatherAnnounced,
  link,
  nextView,
  Own,
  playerIn,
  report,
  type ViewedRoom,
} from '../../kit/contract/announced.ts';
import { onBothHosts } from '../../kit/contract/hosts.ts';
import { newBot, refusalOf, seal, settle, viewRoom } from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import { jsonOf, type MatchData } from '../../kit/players/wire.ts';

type Three = [Bot, Bot, Bot];

const isHost =
  (peerId: number, term: number) =>
  ({ host }: ViewedRoom) =>
    host?.peer_id === peerId && host.term === term;

const transfer = (bot: Bot, matchId: string, peerId: number, term?: number) =>
  bot.rpc('transfer_online_match', { match_id: matchId, peer_id: peerId, term });

/** Bytes that are no text. */
const STATE = Uint8Array.from([0, 255, 128, 7]);

const save = (bot: Bot, matchId: string, state: Uint8Array) => bot.sendData(matchId, Own.CHECKPOINT, state);

async function restoredTo(bot: Bot): Promise<object> {
  const { term, sequence, data } = jsonOf(await bot.nextData(Own.CHECKPOINT_RESTORED));
  return { term, sequence, bytes: [...Buffer.from(data, 'base64')] };
}

onBothHosts('the host', (world) => {
  test('leaves, and the next player has the office and the game’s state at once', async () => {
    const { matchId, bots } = await gatherAnnounced(world.host, 3);
    const [red, green, blue] = bots as Three;
    save(red, matchId, Uint8Array.of(1));
    save(red, matchId, STATE);
    save(green, matchId, Uint8Array.of(9));
    await settle(red, green);
    await red.leave(matchId);
    await nextView(green, isHost(2, 2));
    expect(await restoredTo(green)).toEqual({ term: 1, sequence: 2, bytes: [...STATE] });
    await nextView(blue, isHost(2, 2));
    expect(await viewRoom(blue, matchId)).toMatchObject({ host: green.account.username, phase: 'ready' });
    await settle(blue);
    expect(blue.allData(Own.CHECKPOINT_RESTORED)).toEqual([]);

    await link(matchId, [green, blue]);
    await seal(green, matchId);
    expect(await refusalOf(seal(blue, matchId))).toMatch(/^not-host: /);
  });

  test('is killed: another has the office as soon as the last link to them is lost', async () => {
    const { matchId, bots } = await gatherAnnounced(world.host, 3);
    const [red, green, blue] = bots as Three;
    await link(matchId, bots);
    red.terminate();
    await nextView(green, (view) => playerIn(view, 1).away === true && isHost(1, 1)(view));
    report(green, matchId, red.sessionId, 'failed');
    await nextView(blue, (view) => isHost(1, 1)(view) && view.links.some(({ state }) => state === 'failed'));
    const lostMs = Date.now();
    report(blue, matchId, red.sessionId, 'failed');
    await nextView(blue, isHost(2, 2));
    expect(Date.now() - lostMs).toBeLessThan(2000);

    const back = await comeBack(world.host, red, matchId, 1);
    await nextView(back, (view) => isHost(2, 2)(view) && playerIn(view, 1).session_id === back.sessionId);
    expect(await refusalOf(seal(back, matchId))).toMatch(/^not-host: /);
  });

  test('and the heir are killed together: the next one has the office', async () => {
    const { matchId, bots } = await gatherAnnounced(world.host, 4);
    const [red, green, blue, black] = bots as [Bot, Bot, Bot, Bot];
    await link(matchId, bots);
    red.terminate();
    green.terminate();
    await nextView(blue, (view) => playerIn(view, 1).away === true && playerIn(view, 2).away === true);
    for (const bot of [blue, black]) report(bot, matchId, red.sessionId, 'failed');
    for (const bot of [blue, black]) await nextView(bot, isHost(3, 2));
    await blue.leave(matchId);
    await nextView(black, isHost(4, 3));
  });

  test('is away and their channels live: they host on, and come back as host', async () => {
    const { matchId, bots } = await gatherAnnounced(world.host, 3);
    const [red, green] = bots as Three;
    await link(matchId, bots);
    red.terminate();
    await nextView(green, (view) => playerIn(view, 1).away === true && isHost(1, 1)(view));
    const back = await comeBack(world.host, red, matchId, 1);
    await nextView(green, (view) => playerIn(view, 1).session_id === back.sessionId && isHost(1, 1)(view));
    await seal(back, matchId);
  });

  test('stands still: they are asked, and followed when they do not answer', async () => {
    const { matchId, bots } = await gatherAnnounced(world.host, 3);
    const [red, green, blue] = bots as Three;
    await link(matchId, bots);
    report(green, matchId, red.sessionId, 'connected', { silent: true });
    await red.nextData(Own.HOST_CHECK);
    red.sendData(matchId, Own.HOST_CHECK, '');
    await settle(red);
    report(green, matchId, red.sessionId, 'connected');
    report(blue, matchId, red.sessionId, 'connected', { silent: true });
    await red.nextData(Own.HOST_CHECK);
    const view = await nextView(green, isHost(2, 2));
    expect(playerIn(view, 1).away).toBeUndefined();
  });

  test('hands over, over the socket and over HTTP, also while away; an old term is refused', async () => {
    const { matchId, bots } = await gatherAnnounced(world.host, 3);
    const [red, green, blue] = bots as Three;
    const stranger = await newBot(world.host);
    expect(await refusalOf(transfer(stranger, matchId, 2))).toMatch(/^not-host: /);
    expect(await refusalOf(transfer(red, matchId, 9))).toMatch(/^no-such-player: /);
    expect(JSON.parse(await transfer(red, matchId, 2, 1))).toEqual({
      match_id: matchId,
      host: { peer_id: 2, term: 2 },
    });
    await nextView(blue, isHost(2, 2));
    expect(await refusalOf(transfer(red, matchId, 3))).toMatch(/^not-host: /);
    expect(await refusalOf(transfer(green, matchId, 3, 1))).toMatch(/^stale-term: /);

    green.terminate();
    await nextView(red, (view) => playerIn(view, 2).away === true);
    const request = { match_id: matchId, peer_id: 3, term: 2 };
    const answer = await world.host.callRpc(green.account, 'transfer_online_match', request);
    expect([answer.code, JSON.parse(answer.text).host]).toEqual([0, { peer_id: 3, term: 3 }]);
    await nextView(red, isHost(3, 3));
    const { code } = await world.host.callRpc('backend', 'transfer_online_match', {
      ...request,
      peer_id: 1,
      term: 3,
    });
    expect(code).toBe(0);
    await nextView(red, isHost(1, 4));
  });

  test('who is away or another keeps addons out, with a sentence', async () => {
    const { matchId, bots } = await gatherAnnounced(world.host, 2, { max_players: 4 });
    const [red, green] = bots as [Bot, Bot];
    const addon = await newBot(world.host);
    await transfer(red, matchId, 2);
    expect(await refusalOf(addon.join(matchId))).toMatch(/^host-left: \S/);
    await transfer(green, matchId, 1);
    red.terminate();
    await nextView(green, (view) => playerIn(view, 1).away === true);
    expect(await refusalOf(addon.join(matchId))).toMatch(/^host-away: \S/);
    await comeBack(world.host, red, matchId, 1);
    await nextView(green, (view) => playerIn(view, 1).away !== true);
    await addon.join(matchId);
  });

  test('changes, and the match keeps its code: who comes by it has a peer id that nobody had', async () => {
    const { matchId, bots } = await gatherAnnounced(world.host, 2, { max_players: 8 });
    const [red, green] = bots as [Bot, Bot];
    const { code } = jsonOf(red.allData(Own.ROOM)[0] as MatchData);
    await red.leave(matchId);
    await nextView(green, isHost(2, 2));
    const [blue, again] = [await newBot(world.host), await world.host.connect(red.account)];
    for (const [index, bot] of [blue, again].entries()) {
      await bot.join(code, ANNOUNCED);
      const view = await nextView(bot, ({ you }) => you === bot.sessionId);
      expect(playerIn(view, 3 + index).session_id).toBe(bot.sessionId);
      expect(isHost(2, 2)(view)).toBe(true);
    }
  });

  test('closes the match with their leave where it was asked for', async () => {
    const { matchId, bots } = await gatherAnnounced(world.host, 2, { on_host_left: 'close' });
    const [red, green] = bots as [Bot, Bot];
    await red.leave(matchId);
    await nextView(green, ({ phase }) => phase === 'closed');
  });

  test('comes back after a reload to the game’s state', async () => {
    const { matchId, bots } = await gatherAnnounced(world.host, 2);
    const [red] = bots as [Bot, Bot];
    save(red, matchId, STATE);
    await settle(red);
    red.terminate();
    const back = await comeBack(world.host, red, matchId, 1, true);
    expect(await restoredTo(back)).toEqual({ term: 1, sequence: 1, bytes: [...STATE] });
    await nextView(back, isHost(1, 1));
  });
});
