import fc from 'fast-check';
import { onReal } from '../../kit/contract/hosts.ts';
import { createElectingRoom, eventually, newBot } from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';

/** Texts that Nakama's index or its query language takes for something else. */
const TRICKY = [
  ...[
    '',
    ' ',
    '*',
    '?',
    '"',
    '\\',
    "'",
    'a b',
    'a:b',
    '+a',
    '-a',
    'a~',
    'a^2',
    '/a.*/',
    '(a)',
    '>5',
    '>=5',
    '\u0000',
  ],
  ...[
    '2024-01-05',
    '2024-01-05T10:00:00Z',
    '5',
    '5.0',
    '-1',
    '1e3',
    'true',
    'T',
    'F',
    'null',
    'NaN',
    'constructor',
  ],
  ...['😀', 'ä', 'a\u0308', 'ﬀ', 'İ', 'a', 'A', 'aa', '\n', '__proto__', 'k'.repeat(64)],
];
const TRICKY_NUMBERS = [
  0,
  1,
  -1,
  5,
  5.000001,
  0.1,
  0.3,
  1e-6,
  -1e-6,
  2 ** 31,
  2 ** 53 - 1,
  -(2 ** 53 - 1),
  1e15,
  123456.654321,
];

const text = fc.oneof(fc.constantFrom(...TRICKY), fc.string({ unit: 'binary', maxLength: 6 }));
const number = fc.oneof(
  fc.constantFrom(...TRICKY_NUMBERS),
  fc.integer({ min: -3, max: 7 }),
  fc.integer({ min: -9_000_000, max: 9_000_000 }).map((millionths) => millionths / 1e6),
);
const value = fc.oneof(text, number, fc.boolean());
const range = fc
  .record({ min: number, max: number }, { requiredKeys: [] })
  .filter((bounds) => Object.keys(bounds).length > 0);

/** Few keys, so that rooms and filters have the same ones. */
const key = fc.constantFrom('mode', 'level', '__proto__', 'x');
const optional = { requiredKeys: [] };
const room = fc.record(
  { client_version: text, name: text, properties: fc.dictionary(key, value, { maxKeys: 3 }) },
  optional,
);
const filter = fc.record(
  {
    client_version: text,
    name: text,
    has_password: fc.boolean(),
    properties: fc.dictionary(key, fc.oneof(value, range), { minKeys: 1, maxKeys: 2 }),
  },
  optional,
);

type Value = string | number | boolean;
interface Bounds {
  min?: number;
  max?: number;
}
interface Room {
  match_id: string;
  client_version?: string | null;
  name?: string;
  has_password: boolean;
  properties?: Record<string, Value>;
}
interface Filter {
  client_version?: string;
  name?: string;
  has_password?: boolean;
  properties?: Record<string, Value | Bounds>;
}

/** What the filter says, in as plain words as can be. */
function isMeant(room: Room, wanted: Filter): boolean {
  if ('client_version' in wanted && room.client_version !== wanted.client_version) return false;
  if ('name' in wanted && (room.name ?? '') !== wanted.name) return false;
  if ('has_password' in wanted && room.has_password !== wanted.has_password) return false;
  return Object.entries(wanted.properties ?? {}).every(([key, own]) => {
    const { [key]: has } = { ...room.properties };
    if (typeof own !== 'object') return Object.hasOwn(room.properties ?? {}, key) && has === own;
    return typeof has === 'number' && has >= (own.min ?? -Infinity) && has <= (own.max ?? Infinity);
  });
}

const ROOMS = 60;
const FILTERS = 300;

/** Alike in every run, so that what fails fails again. */
const SEED = 20261121;

onReal(
  (world) => {
    const rooms: Room[] = [];
    let bot: Bot;

    const list = async (request: object) => {
      const { code, text: answer } = await world.host.callRpc('backend', 'list_online_matches', request);
      if (code !== 0) throw new Error(`${JSON.stringify(request)}: ${answer}`);
      return JSON.parse(answer).matches as Room[];
    };

    beforeAll(async () => {
      bot = await newBot(world.host);
      for (const [index, wanted] of fc.sample(room, { numRuns: ROOMS, seed: SEED }).entries()) {
        const has_password = index % 3 === 0;
        const request = { ...wanted, visibility: 'public' as const, ...(has_password && { password: 'x' }) };
        const { match_id } = await createElectingRoom(world.host, request as never);
        rooms.push({ ...wanted, match_id, has_password } as Room);
      }
      await eventually(
        bot,
        () => list({ limit: 100 }),
        ({ length }) => length === ROOMS,
      );
    }, 60_000);

    test('a list has what its filter says, and nothing else, whatever texts and numbers it names', async () => {
      let found = 0;
      const filters = [
        ...fc.sample(filter, { numRuns: FILTERS, seed: SEED }),
        // Each room by each of what it says.
        ...rooms.map(({ name = '' }) => ({ name })),
        ...rooms.flatMap(({ client_version: version }) =>
          version == null ? [] : [{ client_version: version }],
        ),
        ...rooms.flatMap(({ properties = {} }) =>
          Object.entries(properties).map(([key, own]) => ({ properties: { [key]: own } })),
        ),
      ] as Filter[];
      for (const wanted of filters) {
        const meant = rooms.filter((one) => isMeant(one, wanted)).map(({ match_id }) => match_id);
        const listed = (await list({ ...wanted, limit: 100 })).map(({ match_id }) => match_id);
        found += listed.length;
        expect({ wanted, listed: listed.sort() }).toEqual({ wanted, listed: meant.sort() });
      }
      expect(found).toBeGreaterThan(ROOMS);
    });

    test('a room is shown as it was made', async () => {
      for (const shown of await list({ limit: 100 })) {
        const {
          name = '',
          properties = {},
          has_password,
        } = rooms.find(({ match_id }) => match_id === shown.match_id) as Room;
        expect(shown).toMatchObject({ name, has_password });
        expect(Object.entries(shown.properties ?? {}).sort()).toEqual(
          Object.entries(properties)
            .map(([key, own]) => [key, own === 0 ? 0 : own])
            .sort(),
        );
      }
    });
  },
  { env: { ONLINE_MATCH_UNJOINED_SEC: '600' } },
);
