import { onBothHosts } from '../../kit/contract/hosts.ts';
import { createRoom, enter, newBot, newBots, Op, refusalOf, untilGone } from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import { jsonOf } from '../../kit/players/wire.ts';

const find = async (bot: Bot, code: string) => JSON.parse(await bot.rpc('find_online_match', { code }));

const WRONG_PER_USER = 3;
const WRONG_PER_ADDRESS = 4 * WRONG_PER_USER;
/** Nobody's: rooms have random ones, of 64 million. */
const WRONG = 'ZZZZZZ';

onBothHosts('a code', (world) => {
  test('leads to its room, in whatever way it is written; the reply has the id', async () => {
    const [creator, ...joiners] = (await newBots(world.host, 5)) as [Bot, ...Bot[]];
    const { match_id, code } = await createRoom(creator, { max_players: 8 });
    await enter(creator, match_id);

    expect(await find(creator, code)).toMatchObject({ match_id, phase: 'gathering', open_seats: 7 });
    const written = [code, code.toLowerCase(), `${code.slice(0, 3)} - ${code.slice(3)}`, `${code}.`];
    for (const [index, bot] of joiners.entries()) {
      expect(await bot.join(written[index] ?? '')).toMatchObject({ match_id });
      await bot.nextData(Op.JOIN_SUCCESS);
    }
  });

  test('is told to members who announced themselves, and is in no label', async () => {
    const creator = await newBot(world.host);
    const { match_id, code } = await createRoom(creator, { name: 'Ours', properties: { mode: 'ctf' } });
    await creator.join(match_id, { online_match: '1' });
    expect(jsonOf(await creator.nextData(9010))).toMatchObject({
      code,
      name: 'Ours',
      visibility: 'private',
      properties: { mode: 'ctf' },
      has_password: false,
    });
    expect(JSON.stringify(await world.host.listMatches())).not.toContain(code);
  });

  test('of a room that ended leads nowhere', async () => {
    const creator = await newBot(world.host);
    const { match_id, code } = await createRoom(creator);
    await enter(creator, match_id);
    await creator.leave(match_id);
    await untilGone(creator, match_id);
    expect(await refusalOf(find(creator, code))).toMatch(/^match-not-found: /);
    expect(await refusalOf(creator.join(code))).toBe('Match not found');
  });

  test('is refused where it is none', async () => {
    const bot = await newBot(world.host);
    for (const request of [
      {},
      { code: 1 },
      { code: null },
      { code: '' },
      { code: 'ABCDEF' },
      { code: WRONG, x: 1 },
    ]) {
      expect(await refusalOf(bot.rpc('find_online_match', request))).toMatch(/^bad-request: /);
    }
  });
});

onBothHosts(
  'wrong codes',
  (world) => {
    test('are bounded per user and address; a right one passes for whoever was not wrong', async () => {
      const [creator, guesser, other, ...fresh] = (await newBots(world.host, 3 + WRONG_PER_ADDRESS)) as [
        Bot,
        Bot,
        Bot,
        ...Bot[],
      ];
      const { match_id, code } = await createRoom(creator, { max_players: 8 });
      await enter(creator, match_id);

      const begunMs = Date.now();
      for (let guess = 0; guess < WRONG_PER_USER; guess++) {
        const answer = guess % 2 === 0 ? guesser.join(WRONG) : find(guesser, WRONG);
        expect(await refusalOf(answer)).toMatch(/^(Match not found|match-not-found: .*)$/);
      }
      expect(await refusalOf(guesser.join(code))).toMatch(/^too-many-requests: /);
      expect(await refusalOf(find(guesser, code))).toMatch(/^too-many-requests: /);
      // Their id is no guess.
      await guesser.join(match_id);

      for (let time = 0; time < 2 * WRONG_PER_USER; time++) await find(other, code);
      expect(await other.join(code)).toMatchObject({ match_id });

      const answers = await Promise.all(fresh.map((bot) => refusalOf(find(bot, WRONG))));
      const heard = answers.filter((answer) => answer.startsWith('match-not-found'));
      const refilled = Math.ceil(((Date.now() - begunMs) / 60_000) * WRONG_PER_ADDRESS);
      expect(heard.length).toBeGreaterThanOrEqual(WRONG_PER_ADDRESS - WRONG_PER_USER);
      expect(heard.length).toBeLessThanOrEqual(WRONG_PER_ADDRESS - WRONG_PER_USER + refilled);
    });
  },
  { env: { ONLINE_MATCH_WRONG_CODES_PER_MINUTE: String(WRONG_PER_USER) } },
);
