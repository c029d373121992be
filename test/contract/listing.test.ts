import { onBothHosts } from '../../kit/contract/hosts.ts';
import {
  createElectingRoom,
  eventually,
  newBot,
  newBots,
  type RoomRequest,
  type RoomView,
  refusalOf,
} from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import type { Host } from '../../kit/servers/host.ts';

interface Page {
  matches: RoomView[];
  cursor: string | null;
}

const list = async (bot: Bot, request: object = {}): Promise<Page> =>
  JSON.parse(await bot.rpc('list_online_matches', request));

let pools = 0;

/** Rooms that only those of the same call find; each with so many players. */
async function roomsWith(host: Host, players: readonly number[], request: RoomRequest = {}) {
  const properties = { pool: `pool${++pools}` };
  const rooms = [];
  for (const count of players) {
    const room = await createElectingRoom(host, {
      ...{ visibility: 'public', max_players: 4, properties },
      ...request,
    });
    const bots = await newBots(host, count);
    const { password } = request;
    for (const bot of bots) await bot.join(room.match_id, password === undefined ? undefined : { password });
    rooms.push({ ...room, bots });
  }
  return { rooms, properties };
}

/** The list as soon as it has so many, which Nakama's index may take a second for. */
const listed = (bot: Bot, request: object, count: number) =>
  eventually(
    bot,
    () => list(bot, request),
    ({ matches }) => matches.length === count,
  );

const idsOf = ({ matches }: Page) => matches.map(({ match_id }) => match_id);

onBothHosts(
  'list_online_matches',
  (world) => {
    test('shows public rooms that can be joined, the fullest first, and of these the newest', async () => {
      const { rooms, properties } = await roomsWith(world.host, [1, 3, 0, 2, 1]);
      const [a, b, c, d, e] = rooms.map(({ match_id }) => match_id);
      await roomsWith(world.host, [1], { visibility: 'private', properties });
      const bot = await newBot(world.host);
      const inOrder = (ids: unknown) =>
        eventually(
          bot,
          async () => idsOf(await list(bot, { properties })),
          (found) => JSON.stringify(found) === JSON.stringify(ids),
        );

      expect(await inOrder([b, d, e, a, c])).toEqual([b, d, e, a, c]);
      const [first] = (await list(bot, { properties, limit: 1 })).matches;
      expect(first).toEqual({
        ...{ match_id: b, phase: 'ready', players: 3, open_seats: 1, min_players: 2, max_players: 4 },
        ...{ client_version: 'dev', host: expect.any(String), name: '', visibility: 'public' },
        ...{ properties, has_password: false },
      });

      const [lateBot] = await newBots(world.host, 1);
      await lateBot?.join(b as string);
      await world.host.callRpc('backend', 'seal_online_match', { match_id: d, sealed: true, force: true });
      expect(await inOrder([e, a, c])).toEqual([e, a, c]);
    });

    test('goes on from page to page', async () => {
      const { rooms, properties } = await roomsWith(world.host, [0, 1, 0, 2, 1, 0, 0]);
      const bot = await newBot(world.host);
      const all = idsOf(await listed(bot, { properties }, rooms.length));
      const found: string[] = [];
      const sizes: number[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page: Page = await list(bot, { properties, limit: 3, cursor });
        found.push(...idsOf(page));
        sizes.push(page.matches.length);
        cursor = page.cursor;
      }
      expect(found).toEqual(all);
      expect(sizes).toEqual([3, 3, 1]);
    });

    test('finds by version, name, seats, password and properties', async () => {
      const { properties } = await roomsWith(world.host, [0], {
        client_version: '2024-01-05',
        name: 'A "b"*',
      });
      await roomsWith(world.host, [0], { properties: { ...properties, level: 5, ranked: false } });
      await roomsWith(world.host, [2], { properties, password: 'secret', max_players: 3 });
      const bot = await newBot(world.host);
      await listed(bot, { properties }, 3);
      const count = async (request: object) => (await list(bot, { properties, ...request })).matches.length;
      const having = (more: object) => ({ properties: { ...properties, ...more } });

      expect(await count({ client_version: '2024-01-05' })).toBe(1);
      expect(await count({ client_version: '' })).toBe(0);
      expect(await count({ name: 'A "b"*' })).toBe(1);
      expect(await count({ name: '' })).toBe(2);
      expect(await count({ open_seats: 2 })).toBe(2);
      expect(await count({ has_password: true })).toBe(1);
      expect(await count({ has_password: false })).toBe(2);
      expect(await count(having({ level: 5 }))).toBe(1);
      expect(await count(having({ level: { min: 5, max: 6 } }))).toBe(1);
      expect(await count(having({ level: { max: 4.999999 } }))).toBe(0);
      expect(await count(having({ level: '5' }))).toBe(0);
      expect(await count(having({ ranked: false }))).toBe(1);
      expect(await count(having({ ranked: true }))).toBe(0);
      expect(await count(having({ ranked: 0 }))).toBe(0);
      expect(await count(having({ ranked: '' }))).toBe(0);
    });

    test.each([
      { client_version: null },
      { name: null },
      { name: 5 },
      { has_password: null },
      { has_password: 0 },
      { open_seats: 0 },
      { open_seats: null },
      { properties: null },
      { properties: [] },
      { properties: { mode: null } },
      { properties: { level: {} } },
      { properties: { level: { min: null } } },
      { properties: { 'a.b': 1 } },
      { properties: { level: 1e300 } },
      { limit: 0 },
      { limit: 101 },
      { cursor: '1 +label.x:y' },
      { query: '*' },
    ])('refuses %j, by which it would choose everything, or something else', async (request) => {
      const bot = await newBot(world.host);
      expect(await refusalOf(list(bot, request))).toMatch(/^bad-request: /);
    });
  },
  { env: { ONLINE_MATCH_REQUESTS_PER_MINUTE: '1000' } },
);

onBothHosts(
  'list_online_matches',
  (world) => {
    test('is bounded for each user, over any of their sockets, and not for the game’s own backend', async () => {
      const [bot, other] = (await newBots(world.host, 2)) as [Bot, Bot];
      for (let time = 0; time < 3; time++) await list(bot);
      const again = await world.host.connect(bot.account);
      expect(await refusalOf(list(again))).toMatch(/^too-many-requests: /);
      await list(other);
      for (let time = 0; time < 5; time++) {
        expect((await world.host.callRpc('backend', 'list_online_matches')).code).toBe(0);
      }
    });
  },
  { env: { ONLINE_MATCH_REQUESTS_PER_MINUTE: '3' } },
);

onBothHosts(
  'list_online_matches',
  (world) => {
    test('has no match any more whose players all vanished, after the time that empty ones are kept', async () => {
      const { rooms, properties } = await roomsWith(world.host, [0]);
      const [player, bot] = (await newBots(world.host, 2)) as [Bot, Bot];
      await player.join(rooms[0]?.match_id as string);
      await listed(bot, { properties }, 1);
      player.terminate();
      expect((await listed(bot, { properties }, 0)).matches).toEqual([]);
    });
  },
  { env: { ONLINE_MATCH_EMPTY_SEC: '1', ONLINE_MATCH_REQUESTS_PER_MINUTE: '1000' } },
);
