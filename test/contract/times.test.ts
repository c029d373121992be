import { onBothHosts } from '../../kit/contract/hosts.ts';
import {
  bySessionId,
  createElectingRoom,
  createRoom,
  newBot,
  newBots,
  Op,
  peerIdsOf,
  refusalOf,
  rosterOf,
  sessionIdsOf,
  untilGone,
  viewRoom,
} from '../../kit/contract/steps.ts';
import { matched, poolOf } from '../../kit/contract/tickets.ts';
import type { Bot } from '../../kit/players/bot.ts';
import type { Ticket } from '../../kit/players/wire.ts';
import { jsonOf } from '../../kit/players/wire.ts';

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

    /** Three matched players, of whom all but one join, by their place in the order of session ids. */
    async function matchedWithout(absent: number, ticket: Ticket) {
      const [bots, [result]] = await matched(world.host, 3, ticket);
      const idOf = (bot: Bot) => bot.all('matchmaker_matched')[0]?.self.presence.session_id ?? '';
      const sorted = bots.sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
      const present = sorted.filter((_, i) => i !== absent);
      for (const bot of present) await bot.join(result?.match_id ?? '');
      return { present, absentId: idOf(sorted[absent] as Bot), matchId: result?.match_id ?? '' };
    }

    test('goes on without a matched player that does not come', async () => {
      const { present, absentId, matchId } = await matchedWithout(2, poolOf(2, 3));

      for (const bot of present) {
        const { joins, leaves } = await bot.next(
          'match_presence_event',
          (event) => event.leaves !== undefined,
        );
        expect([sessionIdsOf(joins), sessionIdsOf(leaves)]).toEqual([[absentId], [absentId]]);
      }
      expect(await viewRoom(present[0] as Bot, matchId)).toMatchObject({ phase: 'ready', players: 2 });
    });

    test('ends, and says so, when the host or one too many of the matched players does not come', async () => {
      const rooms = await Promise.all([matchedWithout(0, poolOf(2, 3)), matchedWithout(2, poolOf(3))]);

      for (const { present, matchId } of rooms) {
        for (const bot of present) {
          const { target, code, reason } = jsonOf(await bot.nextData(Op.JOIN_ERROR));
          expect([target, typeof code, typeof reason]).toEqual([bot.sessionId, 'number', 'string']);
        }
        expect(await untilGone(present[0] as Bot, matchId)).toMatch(/^match-not-found: /);
      }
    });
  },
  {
    env: {
      ONLINE_MATCH_CREATOR_SEC: '1',
      ONLINE_MATCH_NO_SHOW_SEC: '3',
      ONLINE_MATCH_SEAT_SEC: '1',
      ONLINE_MATCH_EMPTY_SEC: '1',
      ONLINE_MATCH_UNJOINED_SEC: '3',
    },
  },
);
