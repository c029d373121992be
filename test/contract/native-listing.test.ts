import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { onBothHosts, onReal, type World } from '../../kit/contract/hosts.ts';
import { createElectingRoom, eventually, newBot } from '../../kit/contract/steps.ts';
import type { Bot } from '../../kit/players/bot.ts';
import type { ListedMatch, Listing } from '../../kit/servers/host.ts';

/** The example: a game's own module with a match of its own, the arena, beside online matches. */
const modulePath = 'build/own-module/listing.js';

beforeAll(() => {
  const entry = ['--configEntry', 'examples/own-module/main.ts', '--configOut', modulePath];
  execFileSync('node_modules/.bin/rollup', ['--config', '--silent', ...entry], { stdio: 'pipe' });
});

const idsOf = (matches: readonly ListedMatch[]) => matches.map(({ match_id }) => match_id).sort();

/** A match of each kind, with somebody in each, and all of them in Nakama's index. */
async function stage(world: World) {
  const bot = await newBot(world.host);
  const inside = await newBot(world.host);
  const privateRoom = await createElectingRoom(world.host);
  const publicRoom = await createElectingRoom(world.host, { visibility: 'public' });
  const arena = JSON.parse(await bot.rpc('create_arena')).match_id as string;
  for (const id of [privateRoom.match_id, publicRoom.match_id, arena]) await inside.join(id);
  const relayed = (await inside.createMatch(randomUUID())).match_id;
  await eventually(
    bot,
    () => world.host.listMatches(),
    (all) => [privateRoom.match_id, publicRoom.match_id, arena].every((id) => idsOf(all).includes(id)),
  );
  const labelOf = async (id: string) =>
    (await world.host.listMatches()).find(({ match_id }) => match_id === id)?.label ?? '';
  const labels = {
    private: await labelOf(privateRoom.match_id),
    public: await labelOf(publicRoom.match_id),
  };
  return { bot, hidden: privateRoom.match_id, open: publicRoom.match_id, arena, relayed, labels };
}

/** What Nakama answers, ids or an error. */
const answerTo = (list: Promise<readonly ListedMatch[]>) => list.then(idsOf, () => 'an error');

/** As a client sees it, and as it would be without the hook. */
async function both(world: World, bot: Bot, listing: Listing) {
  const seen = await answerTo(world.host.findMatches({ limit: 100, ...listing }, bot.account));
  return { seen, all: await answerTo(world.host.listMatches({ limit: 100, ...listing })) };
}

onBothHosts(
  'Nakama’s own listing of matches',
  (world) => {
    test('has no private rooms, by any combination of parameters, and all else as before', async () => {
      const { bot, hidden, labels } = await stage(world);
      const queries = [
        undefined,
        '',
        '*',
        '+label.kind:online_match',
        '-label.kind:online_match',
        '+label.open_seats:>=1',
      ];
      const sizes: Listing[] = [{}, { minSize: 1 }, { maxSize: 0 }, { minSize: 0, maxSize: 5 }];
      for (const query of queries) {
        for (const label of [undefined, labels.private, labels.public, 'arena', '']) {
          for (const authoritative of [undefined, true, false]) {
            if (query === undefined && label === undefined && authoritative === undefined) continue;
            for (const size of sizes) {
              const listing: Listing = {
                ...size,
                ...(query !== undefined && { query }),
                ...(label !== undefined && { label }),
                ...(authoritative !== undefined && { authoritative }),
              };
              const { seen, all } = await both(world, bot, listing);
              const expected = typeof all === 'string' ? all : all.filter((id) => id !== hidden);
              expect({ listing, seen }).toEqual({ listing, seen: expected });
            }
          }
        }
      }
    });

    test('has no relayed matches where a client says nothing of what it looks for', async () => {
      const { bot, open, arena, hidden, relayed } = await stage(world);
      const seen = idsOf(await world.host.findMatches({ limit: 100 }, bot.account));
      expect(seen).toEqual(expect.arrayContaining([open, arena]));
      expect(seen).not.toContain(hidden);
      expect(seen).not.toContain(relayed);
    });
  },
  { modulePath },
);

onBothHosts(
  'Nakama’s own listing of matches, as games with relayed ones know it',
  (world) => {
    test('has these, where a client says nothing of what it looks for', async () => {
      const { bot, relayed } = await stage(world);
      expect(idsOf(await world.host.findMatches({ limit: 100 }, bot.account))).toEqual([relayed]);
    });
  },
  { modulePath, env: { ONLINE_MATCH_MATCH_LISTING: 'relayed' } },
);

const word = fc.constantFrom(
  ...[
    'label.online_match:private',
    'label.kind:online_match',
    'label.online_match:p*',
    '*',
    '"',
    '\\',
    '~9',
    '^1',
    '~',
  ],
  ...[
    '^',
    ':',
    '+',
    '-',
    '>',
    '<=',
    '/.*/',
    ' ',
    '\n',
    '\t',
    '\u0000',
    'online_match:private',
    'private',
    'node:x',
    '5',
  ],
);
const query = fc
  .array(word, { maxLength: 6 })
  .chain((words) => fc.constantFrom(' ', '').map((between) => words.join(between)));

describe('Nakama’s own listing of matches', () => {
  onReal((world) => {
    test('has no private rooms, whatever a query says', async () => {
      const { match_id: hidden } = await createElectingRoom(world.host);
      const { match_id: open } = await createElectingRoom(world.host, { visibility: 'public' });
      const bot = await newBot(world.host);
      await eventually(
        bot,
        () => world.host.listMatches(),
        (all) => idsOf(all).includes(hidden) && idsOf(all).includes(open),
      );
      let found = 0;
      for (const one of fc.sample(query, { numRuns: 400, seed: 13 })) {
        const { seen } = await both(world, bot, { query: one });
        expect({ one, seen }).not.toEqual({ one, seen: expect.arrayContaining([hidden]) });
        if (seen.includes(open)) found++;
      }
      expect(found).toBeGreaterThan(20);
    });
  });
});
