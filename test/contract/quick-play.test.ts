import { onBothHosts } from '../../kit/contract/hosts.ts';
import {
  createElectingRoom,
  enter,
  eventually,
  newBot,
  newBots,
  refusalOf,
  viewRoom,
} from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';

interface Quick {
  match_id: string;
  code: string;
  created: boolean;
}

const quick = async (bot: Bot, request: object = {}): Promise<Quick> =>
  JSON.parse(await bot.rpc('join_or_create_online_match', request));

let pools = 0;
const newPool = () => ({ properties: { pool: `quick${++pools}` } });

onBothHosts(
  'join_or_create_online_match',
  (world) => {
    test('makes a public match that the next one gets a seat in', async () => {
      const [first, second] = (await newBots(world.host, 2)) as [Bot, Bot];
      const wanted = { ...newPool(), client_version: '1.0', name: 'Open' };
      const made = await quick(first, wanted);
      expect(made).toMatchObject({ created: true, code: expect.stringMatching(/^[A-Z]{6}$/) });
      expect(await viewRoom(first, made.match_id)).toMatchObject({
        ...{ client_version: '1.0', name: 'Open', visibility: 'public', has_password: false, max_players: 4 },
        properties: wanted.properties,
      });
      expect(await quick(second, wanted)).toEqual({ ...made, created: false });
      for (const bot of [first, second]) await enter(bot, made.match_id, { client_version: '1.0' });
    });

    test('of many who ask at once, only as many make a match as are needed, and all have a seat', async () => {
      const count = 50;
      const bots = await newBots(world.host, count);
      const wanted = newPool();
      const answers = await Promise.all(bots.map((bot) => quick(bot, wanted)));
      const made = answers.filter(({ created }) => created).length;
      expect(made).toBeGreaterThanOrEqual(Math.ceil(count / 4));
      expect(made).toBeLessThanOrEqual(Math.ceil(count / 4) + 2);
      const joins = bots.map((bot, index) => refusalOf(bot.join(answers[index]?.match_id ?? '')));
      expect(await Promise.all(joins)).toEqual(bots.map(() => 'accepted'));
    });

    test('finds a match that is listed, and passes over one that refuses', async () => {
      const wanted = newPool();
      const request = { ...wanted, visibility: 'public', max_players: 2 } as const;
      const full = await createElectingRoom(world.host, request);
      const open = await createElectingRoom(world.host, request);
      const [bot, ...others] = (await newBots(world.host, 3)) as [Bot, Bot, Bot];
      const listed = async () => JSON.parse(await bot.rpc('list_online_matches', wanted)).matches;
      await eventually(bot, listed, ({ length }) => length === 2);
      for (const other of others) await other.join(full.match_id);
      expect(await quick(bot, wanted)).toEqual({ match_id: open.match_id, code: open.code, created: false });
    });

    test('keeps to what is wanted, and makes what the next one wants', async () => {
      const bots = (await newBots(world.host, 4)) as [Bot, Bot, Bot, Bot];
      const { properties } = newPool();
      const easy = { properties: { ...properties, level: { max: 3 } } };
      const hard = { properties: { ...properties, level: { min: 7.5 } } };
      const first = await quick(bots[0], easy);
      const second = await quick(bots[1], hard);
      expect((await viewRoom(bots[0], first.match_id)).properties).toMatchObject({ level: 0 });
      expect((await viewRoom(bots[0], second.match_id)).properties).toMatchObject({ level: 7.5 });
      expect(await quick(bots[2], easy)).toMatchObject({ match_id: first.match_id });
      expect(await quick(bots[3], hard)).toMatchObject({ match_id: second.match_id });
    });

    test.each([
      { create: { visibility: 'private' } },
      { create: { password: 'x' } },
      { create: { name: 'other' }, name: 'this' },
      { create: { max_players: 2 }, open_seats: 3 },
      { create: { properties: { mode: 'a' } }, properties: { mode: 'b' } },
      { create: { x: 1 } },
      { create: [] },
      { properties: { mode: null } },
      { limit: 5 },
    ])('refuses %j', async (request) => {
      const bot = await newBot(world.host);
      expect(await refusalOf(quick(bot, request))).toMatch(/^bad-request: /);
    });

    test('is for players', async () => {
      expect((await world.host.callRpc('backend', 'join_or_create_online_match')).text).toMatch(
        /^bad-request: /,
      );
    });
  },
  { env: { ONLINE_MATCH_WAITING_ROOMS: '50' } },
);
