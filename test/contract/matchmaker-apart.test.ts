import { onBothHosts } from '../../kit/contract/hosts.ts';
import { newBot, newBots, Op, refusalOf } from '../../kit/contract/steps.ts';
import { bareTicket, matched, poolOf, withVersion } from '../../kit/contract/tickets.ts';
import type { Bot } from '../../kit/players/bot.ts';
import type { Ticket } from '../../kit/players/wire.ts';
import type { Host } from '../../kit/servers/host.ts';
import { withNakama, withoutModule } from '../addon/world.ts';

/** Tickets of other games beside ours: neither sees the other. */

const numeric = (ticket: Ticket, numeric_properties: Record<string, number>) => ({
  ...ticket,
  numeric_properties,
});

onBothHosts('tickets of other games', (world) => {
  test('get Nakama’s relayed match, as they are', async () => {
    const ticket = numeric(bareTicket(2), { client_version: 3, rank: 1 });
    const [bots, results] = await matched(world.host, 2, ticket);
    const [left, right] = bots as [Bot, Bot];
    for (const { match_id, users } of results) {
      expect(match_id).toBeUndefined();
      for (const user of users) {
        expect(user.string_properties).toEqual(ticket.string_properties);
        expect(user.numeric_properties).toEqual(ticket.numeric_properties);
      }
    }
    const { match_id, authoritative } = await left.joinByToken(results[0]?.token ?? '');
    expect(authoritative ?? false).toBe(false);
    await right.joinByToken(results[1]?.token ?? '');
    left.sendData(match_id, Op.WEBRTC_PEER_METHOD, 'anything');
    expect((await right.nextData(Op.WEBRTC_PEER_METHOD)).presence).toEqual(left.self);
  });

  test('are for as many players as they say', async () => {
    await (await newBot(world.host)).addMatchmaker(bareTicket(2, 40));
  });

  test('get a room when they, or their sessions, are marked or name a version', async () => {
    const mark = { ...bareTicket(2), string_properties: { online_match: '' } };
    const cases: [Ticket, Record<string, string>?][] = [
      [withVersion(bareTicket(2), '')],
      [{ ...mark, query: '+properties.online_match_min:2' }],
      [numeric(bareTicket(2), { online_match: 0 })],
      [bareTicket(2), { online_match: 'yes' }],
      [bareTicket(2), { client_version: '7' }],
    ];
    for (const [ticket, vars] of cases) {
      const bots = [await newBot(world.host, vars), await newBot(world.host, vars)];
      for (const bot of bots) await bot.addMatchmaker(ticket);
      for (const bot of bots) expect((await bot.next('matchmaker_matched')).match_id).toBeTruthy();
    }
  });

  test.each([
    '*',
    '',
    '~9 +properties.rank:1',
    '-properties.pool:none',
    '+properties.rank:1',
    '+properties.online_match_version:v*',
  ])('take none of ours, with the query “%s”', async (query) => {
    const wanted = numeric(poolOf(2), { rank: 1 });
    const bots = (await newBots(world.host, 6)) as [Bot, Bot, ...Bot[]];
    const [ours, ourLate, ...others] = bots;
    await ours.addMatchmaker(wanted);
    for (const bot of others)
      await bot.addMatchmaker({ ...numeric(bareTicket(2), { rank: 1 }), query }).catch(() => {});
    await ourLate.addMatchmaker(wanted);

    for (const bot of [ours, ourLate]) {
      const { match_id, users } = await bot.next('matchmaker_matched');
      expect(match_id).toBeTruthy();
      expect(users.map(({ string_properties }) => string_properties?.client_version)).toEqual(['dev', 'dev']);
    }
  });

  test('of a party take none of ours', async () => {
    const wanted = poolOf(2);
    const [leader, ours, ourLate] = (await newBots(world.host, 3)) as [Bot, Bot, Bot];
    const party = await leader.createParty();
    await ours.addMatchmaker(wanted);
    await leader.addPartyMatchmaker(party, { min_count: 2, max_count: 2, query: '*' });
    await ourLate.addMatchmaker(wanted);
    for (const bot of [ours, ourLate]) expect((await bot.next('matchmaker_matched')).match_id).toBeTruthy();
  });
});

/** `$` is a word that only this query and those it shall find have. */
const QUERIES = [
  '+properties.pool:$',
  'properties.pool:$',
  'properties.pool:nobody$',
  '+properties.pool:nobody$',
  'properties.pool:nobody$ properties.pool:$',
  '+properties.pool:$ properties.rank:9',
  '+properties.pool:$ +properties.rank:>=5',
  '+properties.pool:$ -properties.rank:7',
  '+properties.pool:$ -properties.rank:8',
  'properties.pool:$*',
  'properties.pool:/$/',
  'properties.pool:"$"',
  'properties.pool:$~1',
  'properties.pool:$^3',
  'properties.pool:$\\',
  '+properties.pool:$\\ ',
  'properties.pool:nobody$\\ *',
  '+properties.pool:$ *',
  '  +properties.pool:$  ',
  '\t+properties.pool:$',
  '~1 +properties.pool:$',
  '~ +properties.pool:$',
  '^2 +properties.pool:$',
  '^ +properties.pool:$',
  ': +properties.pool:$',
  ':$',
  '>5 +properties.pool:$',
  '=+properties.pool:$',
  '"" +properties.pool:$',
  '"+properties.pool:$',
  '+properties.pool:$ "',
  '+properties.pool:$ +',
  '+properties.pool:$ -',
  '- +properties.pool:$',
  '+',
  '+properties.pool:$:',
  '+properties.pool:$:1',
  '+properties.pool:a:b$',
  'properties.pool:/[$/',
  ' ',
  '\\',
  ' \\',
  '\\ ',
  '\n',
  '(properties.pool:$)',
  'properties.pool:nobody$ -properties.pool:nobody$',
];

/** Those that find everybody: only numbers of players keep them from each other. */
const WIDE = ['', '*', '-properties.rank:8', '-properties.none:x', '* *', '+*'];

let words = 0;

describe('the query of another game', () => {
  const stock = withNakama(withoutModule);
  const world = withNakama();

  /** For each query the error that it is, or how many it finds of two who search for nobody. */
  async function findings(host: Host, beside: Ticket['string_properties'][] = []) {
    const found: Record<string, string | number> = {};
    const ours: Bot[] = [];
    const searches = [
      ...QUERIES.map((query) => ({ query, count: 3 })),
      ...WIDE.map((query, i) => ({ query, count: 4 + i })),
    ];
    const searching: [string, Bot][] = [];
    await Promise.all(
      searches.map(async ({ query, count }) => {
        const word = `word${++words}`;
        const own = { min_count: count, max_count: count, string_properties: { pool: word } };
        const [searcher, ...baits] = (await newBots(host, count)) as [Bot, ...Bot[]];
        const bait = { ...own, query: '+properties.none:none', numeric_properties: { rank: 7 } };
        for (const bot of baits) await bot.addMatchmaker(bait);
        for (const properties of beside) {
          const bot = await newBot(host);
          const string_properties = { ...own.string_properties, ...properties };
          await bot.addMatchmaker({ ...bait, string_properties });
          ours.push(bot);
        }
        const asked = { ...own, query: query.replaceAll('$', word) };
        const answer = await refusalOf(searcher.addMatchmaker(asked));
        if (answer === 'accepted') searching.push([query, searcher]);
        else found[query] = answer;
      }),
    );
    // Two searches that began later have ended: two intervals are over.
    for (let i = 0; i < 2; i++) await matched(host, 2, bareTicket(2));
    for (const [query, searcher] of searching) {
      await searcher.ping();
      found[query] = searcher.all('matchmaker_matched')[0]?.users.length ?? 0;
    }
    expect(ours.flatMap((bot) => bot.all('matchmaker_matched'))).toEqual([]);
    return found;
  }

  test('finds whom it finds without this module, and is the same error', async () => {
    const [expected, got] = await Promise.all([
      findings(stock.host),
      findings(world.host, [{ client_version: 'dev' }]),
    ]);
    expect(got).toEqual(expected);
  }, 60_000);
});
