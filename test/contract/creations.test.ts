import { onBothHosts, onReal } from '../../kit/contract/hosts.ts';
import { createRoom, enter, newBot, refusalOf, untilGone } from '../../kit/contract/steps.ts';

onBothHosts('The record of a user’s rooms', (world) => {
  test('is none that the user can write, and what they write under its name changes nothing', async () => {
    const bot = await newBot(world.host);
    const entry = { matchId: '00000000-0000-4000-8000-000000000000.node', at: 1e15 };
    const write = (key: string) =>
      world.host.writeStorage(bot.account, 'online_match', key, { creations: Array(1000).fill(entry) });
    const keys = ['creations', `creations/${bot.account.userId}`];
    for (const key of keys) expect(await write(key)).toBe(true);

    for (let made = 0; made < 4; made++) await createRoom(bot);
    for (const key of keys) expect(await write(key)).toBe(true);
    expect(await refusalOf(createRoom(bot))).toMatch(/^too-many-rooms: 4 /);
  });
});

onBothHosts(
  'A user’s rooms that are not over',
  (world) => {
    test('are bounded, whichever way they were made, and one that ends makes way', async () => {
      const account = await world.host.signIn();
      const connect = () => world.host.connect(account);
      const [first, second, third] = [await connect(), await connect(), await connect()];
      const { match_id } = await createRoom(first);
      await enter(first, match_id);
      expect((await second.createMatch()).authoritative).toBe(true);

      expect(await refusalOf(createRoom(third))).toMatch(/^too-many-rooms: 2 matches of yours are not over/);
      expect((await third.createMatch()).authoritative).toBeFalsy();

      await first.leave(match_id);
      await untilGone(third, match_id);
      expect((await third.createMatch()).authoritative).toBe(true);
    });
  },
  { env: { ONLINE_MATCH_ROOMS_PER_USER: '2', ONLINE_MATCH_EMPTY_SEC: '1' } },
);

describe('A room that Nakama closes by itself', () => {
  onReal(
    (world) => {
      test('makes way for another of its user', async () => {
        const bot = await newBot(world.host);
        const { match_id } = await createRoom(bot);
        expect(await refusalOf(createRoom(bot))).toMatch(/^too-many-rooms: 1 /);

        await untilGone(bot, match_id);

        await createRoom(bot);
      });
    },
    { env: { ONLINE_MATCH_ROOMS_PER_USER: '1' }, config: { 'match.max_empty_sec': '1' } },
  );
});
