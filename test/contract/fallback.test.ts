import { gatherAnnounced, nextView, Own, playerIn, viewIn } from '../../kit/contract/announced.ts';
import { onBothHosts } from '../../kit/contract/hosts.ts';
import { createRoom, newBots, Op, offer, settle, signal } from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import { bytesOf, jsonOf, type MatchData } from '../../kit/players/wire.ts';

const CAN = { online_match: '1', can: 'ice_restart fallback media' };
const RELIABLE = 1;
const UNRELIABLE = 2;

/** A frame of so many bytes, as the server sees one. */
const frameOf = (first: number, bytes = 20, last = 0) =>
  Uint8Array.of(first, ...new Uint8Array(bytes - 2), last);

const send = (from: Bot, matchId: string, to: readonly Bot[], frame: Uint8Array) =>
  from.sendData(
    matchId,
    Own.FALLBACK,
    frame,
    to.map(({ sessionId }) => ({ session_id: sessionId })),
  );

const framesOf = (bot: Bot) => bot.allData(Own.FALLBACK).map((data) => [...bytesOf(data)]);

const lastViewOf = (bot: Bot) => viewIn(bot.allData(Own.ROOM).at(-1) as MatchData);

onBothHosts('players whose data goes through the server', (world) => {
  test('are shown with what they can, as far as the server knows it', async () => {
    const { bots } = await gatherAnnounced(world.host, 2, {}, { ...CAN, can: 'fly fallback  ice_restart' });
    const last = lastViewOf(bots[1] as Bot);
    expect(playerIn(last, 1).can).toEqual(['fallback', 'ice_restart']);
  });

  test('get each frame as it is, from its sender, and nobody else does', async () => {
    const { matchId, bots } = await gatherAnnounced(world.host, 3, {}, CAN);
    const [a, b, c] = bots as [Bot, Bot, Bot];
    const frame = Uint8Array.of(RELIABLE, 0, 255, 13, 10, 128);
    send(a, matchId, [b], frame);
    const data = await b.nextData(Own.FALLBACK);
    expect([data.presence?.session_id, [...bytesOf(data)]]).toEqual([a.sessionId, [...frame]]);
    send(b, matchId, [a], frameOf(UNRELIABLE));
    await a.nextData(Own.FALLBACK);
    await settle(...bots);
    expect([framesOf(c), framesOf(a).length]).toEqual([[], 1]);
  });

  test('reach neither all at once, nor themselves, nor who cannot, nor another room', async () => {
    const { matchId, bots } = await gatherAnnounced(world.host, 2, { max_players: 4 }, CAN);
    const [a, b] = bots as [Bot, Bot];
    const [plain, unable, elsewhere] = (await newBots(world.host, 3)) as [Bot, Bot, Bot];
    await plain.join(matchId);
    await unable.join(matchId, { online_match: '1' });
    await nextView(a, ({ players }) => players.length === 4);
    const other = await createRoom(elsewhere);
    await elsewhere.join(other.match_id, CAN);

    for (const to of [[], [a, b], [a], [plain], [unable], [elsewhere]])
      send(a, matchId, to, frameOf(RELIABLE));
    a.sendData(matchId, Own.FALLBACK, frameOf(RELIABLE));
    for (const from of [plain, unable, elsewhere]) send(from, matchId, [b], frameOf(RELIABLE));
    send(a, matchId, [b], frameOf(RELIABLE, 20, 77));
    const arrived = await b.nextData(Own.FALLBACK);
    expect(bytesOf(arrived).at(-1)).toBe(77);
    await settle(a, b, plain, unable, elsewhere);
    for (const bot of [a, plain, unable, elsewhere]) expect(framesOf(bot)).toEqual([]);
    expect(framesOf(b)).toHaveLength(1);
  });
});

onBothHosts(
  'players who send more than the server passes on',
  (world) => {
    test('are told to wait with what they keep, and what may be lost is; signals pass all the while', async () => {
      const { matchId, bots } = await gatherAnnounced(world.host, 2, {}, CAN);
      const [a, b] = bots as [Bot, Bot];
      for (let sent = 0; sent < 60; sent++) send(a, matchId, [b], frameOf(UNRELIABLE, 200));
      await settle(a, b);
      expect(a.allData(Own.SLOW_DOWN)).toEqual([]);
      expect(framesOf(b).length).toBeLessThan(60);
      expect(framesOf(b).length).toBeGreaterThanOrEqual(10);

      for (let sent = 0; sent < 60; sent++) send(a, matchId, [b], frameOf(RELIABLE, 200));
      const { slow_down } = jsonOf(await a.nextData(Own.SLOW_DOWN));
      expect(slow_down).toBeGreaterThan(0);
      expect(slow_down).toBeLessThan(5_000);
      signal(a, matchId, offer(b.sessionId));
      await b.nextData(Op.WEBRTC_PEER_METHOD);
    });
  },
  { env: { ONLINE_MATCH_FALLBACK_BYTES_PER_SEC: '1000' } },
);

onBothHosts(
  'players of a server that passes nothing on',
  (world) => {
    test('are not shown to be able to, and send in vain', async () => {
      const { matchId, bots } = await gatherAnnounced(world.host, 2, {}, CAN);
      const [a, b] = bots as [Bot, Bot];
      send(a, matchId, [b], frameOf(RELIABLE));
      signal(a, matchId, offer(b.sessionId));
      await b.nextData(Op.WEBRTC_PEER_METHOD);
      expect(framesOf(b)).toEqual([]);
      const last = lastViewOf(b);
      expect(playerIn(last, 1).can).toEqual(['ice_restart', 'media']);
    });
  },
  { env: { ONLINE_MATCH_FALLBACK_BYTES_PER_SEC: '0' } },
);
