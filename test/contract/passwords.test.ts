import { onBothHosts } from '../../kit/contract/hosts.ts';
import { createRoom, enter, newBot, newBots, Op, refusalOf, seal, settle } from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';

const PASSWORD = 'köln-7 "quoted"';

const unlock = (bot: Bot, match: object, password: unknown) =>
  bot.rpc('unlock_online_match', { ...match, password });
const codeOf = async (request: Promise<unknown>) => (await refusalOf(request)).split(':')[0];

async function lockedRoom(creator: Bot, request: object = {}) {
  const room = await createRoom(creator, { max_players: 8, password: PASSWORD, ...request });
  await enter(creator, room.match_id);
  return room;
}

onBothHosts(
  'a password',
  (world) => {
    test('lets in whoever names it, and nobody else but the creator', async () => {
      const [creator, other] = (await newBots(world.host, 2)) as [Bot, Bot];
      const { match_id } = await lockedRoom(creator);
      expect(await codeOf(other.join(match_id))).toBe('password-required');
      expect(await codeOf(other.join(match_id, { password: '' }))).toBe('password-required');
      expect(await codeOf(other.join(match_id, { password: `${PASSWORD} ` }))).toBe('wrong-password');
      await enter(other, match_id, { password: PASSWORD });
    });

    test('can be named before, by clients that cannot name it as they join', async () => {
      const [creator, byId, byCode, wrong] = (await newBots(world.host, 4)) as [Bot, Bot, Bot, Bot];
      const { match_id, code } = await lockedRoom(creator);
      expect(JSON.parse(await unlock(byId, { match_id }, PASSWORD))).toEqual({ match_id });
      expect(JSON.parse(await unlock(byCode, { code: code.toLowerCase() }, PASSWORD))).toEqual({ match_id });
      expect(await codeOf(unlock(wrong, { match_id }, 'x'))).toBe('wrong-password');
      await enter(byId, match_id);
      await byCode.join(code);
      await byCode.nextData(Op.JOIN_SUCCESS);
      expect(await codeOf(wrong.join(match_id))).toBe('password-required');

      await byId.leave(match_id);
      // By another socket: Nakama lets the same one in by itself until it has worked off that it left.
      const again = await world.host.connect(byId.account);
      expect(await codeOf(again.join(match_id))).toBe('password-required');
      expect(
        (await world.host.callRpc('backend', 'unlock_online_match', { match_id, password: PASSWORD })).text,
      ).toMatch(/^bad-request: /);
    });

    test('is set, replaced and taken away by the host', async () => {
      const [creator, ...others] = (await newBots(world.host, 4)) as [Bot, Bot, Bot, Bot];
      const { match_id } = await createRoom(creator, { max_players: 8 });
      await enter(creator, match_id);
      const set = (password: string | null) => creator.rpc('update_online_match', { match_id, password });

      expect(JSON.parse(await set('first'))).toMatchObject({ match_id, has_password: true });
      expect(await codeOf(others[0].join(match_id))).toBe('password-required');
      await enter(others[0], match_id, { password: 'first' });
      await set('second');
      expect(await codeOf(others[1].join(match_id, { password: 'first' }))).toBe('wrong-password');
      await enter(others[1], match_id, { password: 'second' });
      expect(JSON.parse(await set(null))).toMatchObject({ has_password: false });
      await enter(others[2], match_id);
    });

    test('comes after every other refusal', async () => {
      const [creator, other] = (await newBots(world.host, 2)) as [Bot, Bot];
      const { match_id } = await lockedRoom(creator, { client_version: '1.0', min_players: 1 });
      expect(await codeOf(other.join(match_id, { client_version: '2.0', password: 'x' }))).toBe(
        'version-mismatch',
      );
      await creator.rpc('seal_online_match', { match_id, sealed: true });
      expect(await codeOf(other.join(match_id, { password: 'x' }))).toBe('match-sealed');
      expect(await codeOf(unlock(other, { match_id }, 'x'))).toBe('match-sealed');
      await seal(creator, match_id, false);
      expect(await codeOf(other.join(match_id, { password: 'x' }))).toBe('wrong-password');
    });

    test.each([
      {},
      { match_id: 'x.y' },
      { code: 'ZZZZZZ' },
      { code: 'no code' },
      { match_id: 'x.y', code: 'ZZZZZZ' },
    ])('is for a match that there is: %j', async (match) => {
      const bot = await newBot(world.host);
      expect(await codeOf(unlock(bot, match, 'x'))).toMatch(/^(bad-request|match-not-found)$/);
    });
  },
  { env: { ONLINE_MATCH_MIN_PLAYERS: '1' } },
);

const PER_USER = 2;

onBothHosts(
  'wrong passwords',
  (world) => {
    test('stop whoever names them, over any way in, and nobody else', async () => {
      const [creator, wrong, right] = (await newBots(world.host, 3)) as [Bot, Bot, Bot];
      const { match_id } = await lockedRoom(creator);
      expect(await codeOf(wrong.join(match_id, { password: 'a' }))).toBe('wrong-password');
      expect(await codeOf(unlock(wrong, { match_id }, 'b'))).toBe('wrong-password');
      expect(await codeOf(unlock(wrong, { match_id }, PASSWORD))).toBe('too-many-requests');
      expect(await codeOf(wrong.join(match_id, { password: PASSWORD }))).toBe('too-many-requests');
      for (let time = 0; time < 5; time++)
        expect(await codeOf(right.join(match_id))).toBe('password-required');
      await enter(right, match_id, { password: PASSWORD });
    });

    test('are bounded for all who come from one address', async () => {
      const [creator, ...many] = (await newBots(world.host, 13)) as [Bot, ...Bot[]];
      const { match_id } = await lockedRoom(creator);
      const answers = await Promise.all(many.map((bot) => codeOf(bot.join(match_id, { password: 'x' }))));
      // Of 4 × 2 from this address, those of the test before are missing on the server that both share.
      const heard = answers.filter((answer) => answer === 'wrong-password');
      expect(heard.length).toBeGreaterThan(0);
      expect(heard.length).toBeLessThanOrEqual(4 * PER_USER);
      expect(new Set(answers)).toEqual(new Set(['wrong-password', 'too-many-requests']));
    });
  },
  { env: { ONLINE_MATCH_WRONG_PASSWORDS_PER_MINUTE: String(PER_USER) } },
);

onBothHosts(
  'wrong passwords at one match',
  (world) => {
    test('stop after 60 in a minute whoever was wrong, and nobody else', async () => {
      const [creator, ...wrong] = (await newBots(world.host, 3)) as [Bot, Bot, Bot];
      const [right, late] = (await newBots(world.host, 2)) as [Bot, Bot];
      const { match_id } = await lockedRoom(creator);
      const guess = (bot: Bot) => codeOf(unlock(bot, { match_id }, 'x'));
      let heard = 0;
      // A token comes back each second.
      while ((await guess(wrong[heard % 2] as Bot)) === 'wrong-password' && heard < 150) heard++;
      expect(heard).toBeGreaterThanOrEqual(60);
      expect(heard).toBeLessThan(150);
      expect(await codeOf(late.join(match_id, { password: 'x' }))).toBe('wrong-password');
      await enter(right, match_id, { password: PASSWORD });
    });
  },
  { env: { ONLINE_MATCH_WRONG_PASSWORDS_PER_MINUTE: '1000' } },
);

onBothHosts('invitations', (world) => {
  test('reach a user ten times a minute at most, whoever sends them', async () => {
    const [creator, second, friend] = (await newBots(world.host, 3)) as [Bot, Bot, Bot];
    const { match_id } = await createRoom(creator);
    for (const bot of [creator, second]) await enter(bot, match_id);
    const invitation = { match_id, user_ids: [friend.account.userId] };
    for (let times = 0; times < 6; times++)
      for (const bot of [creator, second]) await bot.rpc('invite_to_online_match', invitation);
    await settle(friend);
    expect(friend.all('notifications')).toHaveLength(10);
  });
});
