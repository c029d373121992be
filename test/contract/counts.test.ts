import { onBothHosts, type World } from '../../kit/contract/hosts.ts';
import { createRoom, enter, eventually, newBots, Op, refusalOf } from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';

type Bots = [Bot, Bot, Bot, Bot];
type Counters = Record<string, number>;

const NOBODYS_CODE = 'ZZZZZZ';
/** Something else that is counted, by which a test knows that all before it is exported. */
const MARK = 'refusals_total{code=bad_request,kind=request}';

const fourBots = async ({ host }: World) => (await newBots(host, 4)) as Bots;
const codeOf = async (request: Promise<unknown>) => (await refusalOf(request)).split(':')[0];

/** All series of this counter, once what was asked until now is counted. */
async function countsOf({ host }: World, bot: Bot, counter: string): Promise<Counters> {
  const marks = async () => (await host.counters())[MARK] ?? 0;
  const before = await marks();
  await codeOf(bot.rpc('find_online_match', { wrong: true }));
  expect(await eventually(bot, marks, (now) => now > before)).toBeGreaterThan(before);
  const all = Object.entries(await host.counters());
  return Object.fromEntries(all.filter(([series]) => series.startsWith(counter)));
}

onBothHosts(
  'the metrics count, by outcome,',
  (world) => {
    test('codes that are named to join or to find a match', async () => {
      const [creator, guest, finder, guesser] = await fourBots(world);
      const { match_id, code } = await createRoom(creator, { max_players: 8 });
      await enter(creator, match_id);
      await enter(guest, code);
      await finder.rpc('find_online_match', { code });
      expect(await codeOf(guesser.join(NOBODYS_CODE))).toBe('Match not found');
      expect(await codeOf(guesser.rpc('find_online_match', { code: NOBODYS_CODE }))).toBe('match-not-found');
      for (let times = 0; times < 3; times++)
        expect(await codeOf(guesser.join(code))).toBe('too-many-requests');
      expect(await countsOf(world, creator, 'codes_total')).toEqual({
        'codes_total{outcome=found}': 2,
        'codes_total{outcome=unknown}': 2,
        'codes_total{outcome=refused}': 3,
      });
    });

    test('lists, and those that are answered from memory', async () => {
      const [bot, other] = await fourBots(world);
      const ask = (by: Bot, level: number) => by.rpc('list_online_matches', { properties: { level } });
      await Promise.all([ask(bot, 1), ask(bot, 2), ask(bot, 3)]);
      await ask(bot, 4);
      await ask(other, 4);
      expect(await codeOf(ask(bot, 5))).toBe('too-many-requests');
      expect(await countsOf(world, other, 'listings_total')).toEqual({
        'listings_total{answer=looked_up}': 4,
        'listings_total{answer=remembered}': 1,
      });
    });

    test('passwords', async () => {
      const [creator, guest, wrong, opener] = await fourBots(world);
      const { match_id } = await createRoom(creator, { max_players: 8, password: 'right' });
      await enter(creator, match_id);
      const join = (bot: Bot, password?: string) =>
        codeOf(bot.join(match_id, password === undefined ? undefined : { password }));
      const unlock = (bot: Bot, password: string) =>
        codeOf(bot.rpc('unlock_online_match', { match_id, password }));
      expect(await join(guest)).toBe('password-required');
      expect(await join(guest, 'right')).toBe('accepted');
      expect(await join(wrong, 'wrong')).toBe('wrong-password');
      expect(await unlock(wrong, 'wrong too')).toBe('wrong-password');
      expect(await join(wrong, 'right')).toBe('too-many-requests');
      expect(await unlock(opener, 'right')).toBe('accepted');
      expect(await countsOf(world, creator, 'passwords_total')).toEqual({
        'passwords_total{outcome=none}': 1,
        'passwords_total{outcome=right}': 2,
        'passwords_total{outcome=wrong}': 2,
        'passwords_total{outcome=barred}': 1,
      });
    });

    test('players who are sent away', async () => {
      const [creator, ...others] = await fourBots(world);
      const { match_id } = await createRoom(creator, { max_players: 8 });
      for (const bot of [creator, ...others]) await enter(bot, match_id);
      const kick = (by: Bot, peer_id: number, ban: boolean) =>
        codeOf(by.rpc('kick_from_online_match', { match_id, peer_id, ban }));
      expect(await kick(others[0], 3, false)).toBe('not-host');
      expect(await kick(creator, 9, false)).toBe('no-such-player');
      expect(await kick(creator, 2, false)).toBe('accepted');
      expect(await kick(creator, 3, true)).toBe('accepted');
      expect(await kick(creator, 4, true)).toBe('accepted');
      for (const bot of others) await bot.nextData(Op.JOIN_ERROR);
      expect(await countsOf(world, creator, 'kicks_total')).toEqual({
        'kicks_total{kind=kick}': 1,
        'kicks_total{kind=ban}': 2,
      });
    });

    test('invitations, and what quick play comes to', async () => {
      const [creator, friend, other, blocker] = await fourBots(world);
      await world.host.block(blocker.account, creator.account);
      const { match_id } = await createRoom(creator);
      await enter(creator, match_id);
      const user_ids = [friend, other, blocker].map(({ account }) => account.userId);
      await creator.rpc('invite_to_online_match', { match_id, user_ids });
      expect(await countsOf(world, creator, 'invitations_total')).toEqual({
        'invitations_total{outcome=sent}': 2,
        'invitations_total{outcome=not_sent}': 1,
      });
      const play = (bot: Bot) => bot.rpc('join_or_create_online_match', { properties: { pool: 'counts' } });
      for (const bot of [creator, friend, other]) await play(bot);
      expect(await countsOf(world, creator, 'quick_play_total')).toEqual({
        'quick_play_total{outcome=created}': 1,
        'quick_play_total{outcome=joined}': 2,
      });
    });
  },
  {
    env: {
      ONLINE_MATCH_WRONG_CODES_PER_MINUTE: '2',
      ONLINE_MATCH_WRONG_PASSWORDS_PER_MINUTE: '2',
      ONLINE_MATCH_REQUESTS_PER_MINUTE: '4',
    },
  },
);
