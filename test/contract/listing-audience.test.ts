import { ANNOUNCED, gatherAnnounced, nextView } from '../../kit/contract/announced.ts';
import { onBothHosts } from '../../kit/contract/hosts.ts';
import {
  createElectingRoom,
  eventually,
  newBot,
  newBots,
  type RoomRequest,
  refusalOf,
} from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';

let pools = 0;
const newPool = () => ({ properties: { pool: `audience${++pools}` } });

const idsFor = async (bot: Bot, request: object): Promise<string[]> =>
  JSON.parse(await bot.rpc('list_online_matches', request)).matches.map(
    ({ match_id }: { match_id: string }) => match_id,
  );

const quick = async (bot: Bot, request: object): Promise<{ match_id: string; created: boolean }> =>
  JSON.parse(await bot.rpc('join_or_create_online_match', request));

onBothHosts(
  'lists and quick play lead a client only to matches that it can enter:',
  (world) => {
    const listed = (bot: Bot, request: object, count: number) =>
      eventually(
        bot,
        () => idsFor(bot, request),
        ({ length }) => length === count,
      );

    test('to those of its dialect', async () => {
      const pool = newPool();
      const make = async (dialect: RoomRequest['dialect']) => {
        const request = { ...pool, visibility: 'public', ...(dialect && { dialect }) } as const;
        return (await createElectingRoom(world.host, request)).match_id;
      };
      const [a, r, c] = [await make(undefined), await make('R'), await make('C')];
      const [bot, other] = (await newBots(world.host, 2)) as [Bot, Bot];
      for (const [dialect, room] of Object.entries({ A: a, R: r, C: c }))
        expect(await listed(bot, { ...pool, dialect }, 1)).toEqual([room]);
      expect(await idsFor(bot, pool)).toEqual([a]);
      expect(await idsFor(bot, { ...pool, announced: true })).toEqual([a]);

      expect(await quick(bot, { ...pool, dialect: 'R' })).toMatchObject({ match_id: r, created: false });
      expect(await quick(other, { ...pool, create: { dialect: 'C' } })).toMatchObject({ match_id: c });
      const made = await quick(bot, { ...newPool(), dialect: 'C' });
      expect(made.created).toBe(true);
      expect(await refusalOf(quick(bot, { ...pool, dialect: 'R', create: { dialect: 'A' } }))).toMatch(
        /^bad-request: /,
      );
      for (const request of [{ dialect: 'B' }, { dialect: null }, { announced: 1 }, { announced: null }])
        expect(await refusalOf(idsFor(bot, request))).toMatch(/^bad-request: /);
    });

    test('not to those with another host than peer 1, unless it announces itself', async () => {
      const pool = newPool();
      const { matchId, bots } = await gatherAnnounced(world.host, 2, {
        ...{ max_players: 8, visibility: 'public' },
        ...pool,
      });
      const [red, blue] = bots as [Bot, Bot];
      const [stranger, friend] = (await newBots(world.host, 2)) as [Bot, Bot];
      expect(await listed(stranger, pool, 1)).toEqual([matchId]);
      await red.rpc('transfer_online_match', { match_id: matchId, peer_id: 2 });
      await nextView(blue, ({ host }) => host?.peer_id === 2);

      expect(await listed(stranger, pool, 0)).toEqual([]);
      expect(await refusalOf(stranger.join(matchId))).toMatch(/^host-left: /);
      expect(await quick(stranger, pool)).toMatchObject({ created: true });
      expect(await idsFor(friend, { ...pool, announced: true })).toContain(matchId);
      expect(await quick(friend, { ...pool, announced: true })).toMatchObject({ match_id: matchId });
      await friend.join(matchId, ANNOUNCED);
    });

    test('to those of the version that its session names', async () => {
      const pool = newPool();
      const make = async (client_version: string) =>
        (await createElectingRoom(world.host, { ...pool, visibility: 'public', client_version })).match_id;
      const [one, two] = [await make('1.0'), await make('2.0')];
      const bot = await newBot(world.host, { client_version: '1.0' });
      expect(await listed(bot, pool, 1)).toEqual([one]);
      expect(await listed(bot, { ...pool, client_version: '2.0' }, 1)).toEqual([two]);
      expect(await quick(bot, pool)).toMatchObject({ match_id: one });
    });
  },
  { env: { ONLINE_MATCH_REQUESTS_PER_MINUTE: '1000' } },
);
