import type { Bot } from '../support/bot.ts';
import { onBothHosts } from './hosts.ts';
import {
  bySessionId,
  createElectingRoom,
  createRoom,
  newBot,
  newBots,
  peerIdsOf,
  refusalOf,
  rosterOf,
  untilGone,
  viewRoom,
} from './players.ts';
import { matched } from './tickets.ts';

onBothHosts(
  'after the time set, a room',
  (world) => {
    test('elects the lowest session id when the creator does not come', async () => {
      const [creator, ...waiting] = (await newBots(world.host, 3)) as [Bot, Bot, Bot];
      const { match_id } = await createRoom(creator, { max_players: 3 });
      for (const bot of waiting) await bot.join(match_id);

      for (const bot of waiting) {
        const peerIds = peerIdsOf(await rosterOf(bot, 2));
        expect(waiting.sort(bySessionId).map(({ sessionId }) => peerIds[sessionId])).toEqual([1, 2]);
      }
    });

    test('ends when everybody left before it had a host', async () => {
      const { match_id } = await createElectingRoom(world.host, { min_players: 2 });
      const bot = await newBot(world.host);
      await bot.join(match_id);
      await bot.leave(match_id);

      expect(await untilGone(bot, match_id)).toMatch(/^match-not-found: /);
    });

    test('ends when nobody ever joined', async () => {
      const bot = await newBot(world.host);
      const { match_id } = await createRoom(bot);
      await viewRoom(bot, match_id);

      expect(await untilGone(bot, match_id)).toMatch(/^match-not-found: /);
      expect(await refusalOf(bot.join(match_id))).toBe('Match not found');
    });

    test('tells the others of a matched player that never joins', async () => {
      const [bots, [result]] = await matched(world.host, 3);
      const [first, second, absent] = bots as [Bot, Bot, Bot];
      for (const bot of [first, second]) await bot.join(result?.match_id ?? '');
      const sessionId = absent.all('matchmaker_matched')[0]?.self.presence.session_id;

      for (const bot of [first, second]) {
        const { joins, leaves } = await bot.next(
          'match_presence_event',
          ({ leaves }) => leaves !== undefined,
        );
        expect([joins, leaves].map((list) => list?.map(({ session_id }) => session_id))).toEqual([
          [sessionId],
          [sessionId],
        ]);
      }
    });
  },
  {
    env: {
      ONLINE_MATCH_CREATOR_SEC: '1',
      ONLINE_MATCH_SEAT_SEC: '3',
      ONLINE_MATCH_EMPTY_SEC: '1',
      ONLINE_MATCH_UNJOINED_SEC: '3',
    },
  },
);
