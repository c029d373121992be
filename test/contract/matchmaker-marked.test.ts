import { onBothHosts } from '../../kit/contract/hosts.ts';
import { newBot, Op, signal } from '../../kit/contract/steps.ts';
import { poolOf } from '../../kit/contract/tickets.ts';
import type { Bot } from '../../kit/players/bot.ts';
import type { Matched, Ticket } from '../../kit/players/wire.ts';

onBothHosts(
  'matchmaker, marked tickets only',
  (world) => {
    const resultOf = async (ticket: Ticket, vars?: Record<string, string>) => {
      const bots = [await newBot(world.host, vars), await newBot(world.host, vars)] as [Bot, Bot];
      for (const bot of bots) await bot.addMatchmaker(ticket);
      const [result] = await Promise.all(bots.map((bot) => bot.next('matchmaker_matched')));
      return { ...(result as Matched), bots };
    };

    test('leaves tickets without a mark, and their relayed match, as they are', async () => {
      const ticket = poolOf(2);
      const { match_id, token, users, bots } = await resultOf(ticket);
      expect(match_id).toBeUndefined();
      expect(users[0]?.string_properties).toEqual(ticket.string_properties);
      expect(users[0]?.numeric_properties ?? {}).toEqual({});

      const [left, right] = bots;
      const joined = await left.joinByToken(token ?? '');
      await right.joinByToken(token ?? '');
      signal(left, joined.match_id, 'anything');
      expect((await right.nextData(Op.WEBRTC_PEER_METHOD)).presence).toEqual(left.self);
    });

    test('makes rooms for tickets marked by a property or a session variable', async () => {
      const pool = poolOf(2);
      const marked = { ...pool, string_properties: { ...pool.string_properties, online_match: 'true' } };
      expect((await resultOf(marked)).match_id).toBeTruthy();
      expect((await resultOf(poolOf(2), { online_match: 'true' })).match_id).toBeTruthy();
    });

    test('does not bound the counts of tickets that are not its own', async () => {
      await (await newBot(world.host)).addMatchmaker(poolOf(2, 40));
    });
  },
  { env: { ONLINE_MATCH_ADOPT_MATCHMAKER: 'marked' } },
);
