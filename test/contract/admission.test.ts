import { onBothHosts } from '../../kit/contract/hosts.ts';
import {
  createElectingRoom,
  createRoom,
  enter,
  gather,
  newBot,
  newBots,
  Op,
  refusalOf,
  seenBy,
  settle,
  viewRoom,
} from '../../kit/contract/steps.ts';
import type { Refused } from '../../kit/players/socket-player.ts';

/** local.yml's: 200 sockets at once fit in. */
const config = { 'match.join_attempt_queue_size': '512' };

onBothHosts(
  'admission',
  (world) => {
    test('lets exactly four of 200 sockets into a room of four', async () => {
      const { match_id } = await createElectingRoom(world.host, { max_players: 4 });
      const bots = await newBots(world.host, 200);

      const joins = await Promise.allSettled(bots.map((bot) => bot.join(match_id)));

      const inside = bots.filter((_, i) => joins[i]?.status === 'fulfilled');
      const refusals = joins.flatMap((join) => (join.status === 'rejected' ? [join.reason as Refused] : []));
      expect(inside).toHaveLength(4);
      expect(refusals).toHaveLength(196);
      for (const { code, message } of refusals) {
        expect(code).toBe(5);
        expect(message).toMatch(/^match-full: \S/);
      }
      await Promise.all(inside.map((bot) => bot.nextData(Op.JOIN_SUCCESS)));
      await Promise.all(bots.map((bot) => bot.ping()));
      const ids = new Set(inside.map((bot) => bot.sessionId));
      for (const bot of inside) for (const id of seenBy(bot)) expect(ids).toContain(id);
      for (const bot of bots) if (!inside.includes(bot)) expect(bot.unread()).toEqual([]);
      await Promise.all(bots.map((bot) => bot.close()));
    });

    test('shows nobody a refused joiner', async () => {
      const { room, bots } = await gather(world.host, 2);
      const stranger = await newBot(world.host);

      expect(await refusalOf(stranger.join(room.match_id))).toMatch(/^match-full: /);

      await settle(stranger, ...bots);
      for (const bot of bots) expect(seenBy(bot).size).toBeLessThanOrEqual(2);
    });

    test('gives the seat of one who left to the next, with a new peer id', async () => {
      const { room, creator, others } = await gather(world.host, 2);
      const [leaver] = others;
      await leaver?.leave(room.match_id);
      await creator.next(
        'match_presence_event',
        ({ leaves }) => leaves?.[0]?.session_id === leaver?.sessionId,
      );

      const next = await newBot(world.host);
      const { players } = await enter(next, room.match_id);

      expect(Object.values(players).map(({ peer_id }) => peer_id)).toEqual([3, 1]);
    });

    test("keeps the creator's seat free for them", async () => {
      const [creator, first, second] = await newBots(world.host, 3);
      if (!creator || !first || !second) throw new Error('three bots');
      const { match_id } = await createRoom(creator, { max_players: 2 });

      await first.join(match_id);

      expect(await refusalOf(second.join(match_id))).toMatch(/^match-full: /);
      await enter(creator, match_id);
      await first.nextData(Op.JOIN_SUCCESS);
    });

    test('counts a member that joins again once', async () => {
      const { room, creator, bots } = await gather(world.host, 2, { max_players: 3 });

      await creator.join(room.match_id);

      await settle(...bots);
      expect(await viewRoom(creator, room.match_id)).toMatchObject({ players: 2, open_seats: 1 });
      await enter(await newBot(world.host), room.match_id);
    });

    test('lets one user in twice, with two sockets', async () => {
      const { room, creator } = await gather(world.host, 1, { max_players: 2 });
      const second = await world.host.connect(creator.account);

      const { players } = await enter(second, room.match_id);

      expect(Object.values(players).map(({ user_id }) => user_id)).toEqual([
        creator.account.userId,
        creator.account.userId,
      ]);
    });

    test.each(['00000000-0000-4000-8000-000000000000.nowhere', 'nonsense', ''])(
      'answers a join of %j with an error and stays up',
      async (matchId) => {
        const bot = await newBot(world.host);
        expect(await refusalOf(bot.join(matchId))).toMatch(/^(Match not found|Invalid match ID|No match ID)/);
        await bot.ping();
      },
    );
  },
  { config },
);
