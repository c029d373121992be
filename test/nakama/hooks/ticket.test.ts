import { contextWith, inNewVm, nkWith, recordingLogger, thrownBy } from '../../../kit/match/nk.ts';
import type * as Hooks from '../../../src/nakama/index.ts';

type Env = Record<string, string>;
const load = () => inNewVm(() => require('../../../src/nakama/index.ts') as typeof Hooks);

/** Another game's ticket, and the same from one of ours. */
const BARE = { minCount: 2, maxCount: 4, query: '*' };
const TICKET = { ...BARE, stringProperties: { client_version: '' } };
const MARKED = { ...BARE, stringProperties: { online_match: '' } };

const CLAUSE = 'properties.online_match_version';

interface Options {
  readonly env?: Env;
  readonly vars?: Record<string, string>;
}

/** The ticket as the matchmaker sees it. */
function added(ticket: object, { env = {}, vars }: Options = {}) {
  const context = contextWith({ env, ...(vars && { vars }) });
  const envelope = { matchmakerAdd: ticket } as nkruntime.EnvelopeMatchmakerAdd;
  return load().beforeMatchmakerAdd(context, recordingLogger().logger, nkWith(), envelope).matchmakerAdd;
}

const refusalOf = (ticket: object, options?: Options) =>
  thrownBy(() => added({ ...TICKET, ...ticket }, options));

describe('a ticket', () => {
  test('gets a version property and its clause, and its counts as numbers', () => {
    expect(added(TICKET)).toEqual({
      ...TICKET,
      query: `+${CLAUSE}:v^1 *`,
      stringProperties: { client_version: '', online_match_version: 'v' },
      numericProperties: { online_match_min: 2, online_match_max: 4 },
    });
  });

  test('gets them without a version too', () => {
    expect(added(MARKED).stringProperties).toEqual({ online_match: '', online_match_version: 'v' });
  });

  test('keeps its own properties and query, less the addon’s version clause, which cannot match every version', () => {
    const ticket = {
      ...TICKET,
      query: '+properties.game:x +properties.client_version:2024-01-05',
      stringProperties: { client_version: '2024-01-05', game: 'x' },
      numericProperties: { rank: 3 },
    };
    expect(added(ticket)).toEqual({
      ...ticket,
      query: `+${CLAUSE}:v323032342d30312d3035^1 +properties.game:x`,
      stringProperties: { ...ticket.stringProperties, online_match_version: 'v323032342d30312d3035' },
      numericProperties: { rank: 3, online_match_min: 2, online_match_max: 4 },
    });
  });

  test('cannot bring its own value for what the module writes, as text or as a number', () => {
    const names = ['online_match_version', 'online_match_min', 'online_match_max'];
    const forged = {
      ...TICKET,
      stringProperties: {
        ...TICKET.stringProperties,
        ...Object.fromEntries(names.map((name) => [name, 'v00'])),
      },
      numericProperties: Object.fromEntries([...names, 'client_version'].map((name) => [name, 99])),
    };
    expect(added(forged)).toEqual(added(TICKET));
  });

  test.each(['all', 'marked'])('of another game stays as it is and finds none of ours: %s', (adopt) => {
    const env = { ONLINE_MATCH_ADOPT_MATCHMAKER: adopt };
    const own = {
      ...BARE,
      stringProperties: { game: 'x' },
      numericProperties: { rank: 3, client_version: 2 },
    };
    expect(added(own, { env })).toEqual({ ...own, query: `-${CLAUSE}:v*^1` });
    expect(added({ ...BARE, query: undefined }, { env })).toEqual({ ...BARE, query: `-${CLAUSE}:v*^1` });
    expect(added({ ...own, query: '+a:b' }, { env }).query).toBe(`-${CLAUSE}:v*^1 +a:b`);
    for (const query of [' ', '\\', ' \\']) expect(added({ ...own, query }, { env }).query).toBe(query);
  });

  test('of another game cannot pass for one of ours', () => {
    const own = { ...BARE, stringProperties: { game: 'x' }, numericProperties: { rank: 3 } };
    const forged = {
      ...own,
      stringProperties: { game: 'x', online_match_version: 'v', online_match_min: 'x' },
      numericProperties: { rank: 3, online_match_max: 1 },
    };
    expect(added(forged)).toEqual(added(own));
  });

  test('takes its version from the session when it names none itself', () => {
    expect(added(BARE, { vars: { client_version: '1.0' } }).stringProperties).toEqual({
      client_version: '1.0',
      online_match_version: 'v312e30',
    });
  });

  test('is refused when ticket and session name two versions, or one that is none', () => {
    const stringProperties = { client_version: '1.0' };
    expect(refusalOf({ stringProperties }, { vars: { client_version: '2.0' } })).toEqual({
      message: 'bad-request: two client versions are named, "1.0" and "2.0"; name one',
      code: 3,
    });
    expect(added({ ...TICKET, stringProperties }, { vars: { client_version: '1.0' } })).toBeDefined();
    expect(refusalOf({ stringProperties: { client_version: 'v'.repeat(65) } })).toMatchObject({ code: 3 });
  });

  test.each([
    [{ minCount: 1 }, 'min_count is 1, this server allows 2 to 16'],
    [{ maxCount: 17 }, 'max_count is 17, this server allows 2 to 16'],
    [{ minCount: undefined }, 'min_count is 0, this server allows 2 to 16'],
    [{ minCount: 5 }, 'min_count (5) is above max_count (4)'],
  ])('is refused with counts out of bounds: %j', (counts, sentence) => {
    expect(refusalOf(counts)).toEqual({ message: `bad-request: ${sentence}`, code: 3 });
  });

  test('of a party is treated alike', () => {
    const envelope = {
      partyMatchmakerAdd: { ...TICKET, partyId: 'p' },
    } as unknown as nkruntime.EnvelopePartyMatchmakerAdd;
    const { logger } = recordingLogger();
    const { partyMatchmakerAdd } = load().beforePartyMatchmakerAdd(contextWith(), logger, nkWith(), envelope);
    expect(partyMatchmakerAdd).toEqual({ ...added(TICKET), partyId: 'p' });
  });
});

describe('which tickets are adopted', () => {
  const isAdopted = (ticket: object, options: Options) =>
    'online_match_version' in (added({ ...BARE, ...ticket }, options).stringProperties ?? {});

  test('by default those that name a version or have the mark, as a property or in the session', () => {
    expect(isAdopted({}, {})).toBe(false);
    expect(isAdopted({ numericProperties: { client_version: 1 } }, {})).toBe(false);
    expect(isAdopted({ stringProperties: { client_version: '' } }, {})).toBe(true);
    expect(isAdopted({ stringProperties: { online_match: '' } }, {})).toBe(true);
    expect(isAdopted({ numericProperties: { online_match: 0 } }, {})).toBe(true);
    expect(isAdopted({}, { vars: { client_version: '1.0' } })).toBe(true);
    expect(isAdopted({}, { vars: { online_match: '1' } })).toBe(true);
  });

  test('none when switched off, whatever they say', () => {
    const env = { ONLINE_MATCH_ADOPT_MATCHMAKER: 'off' };
    const ticket = { ...MARKED, minCount: 99, numericProperties: { online_match_min: 1 } };
    expect(added(ticket, { env })).toBe(ticket);
  });

  test('where they must be marked, those with the mark as a property or in the session', () => {
    const env = { ONLINE_MATCH_ADOPT_MATCHMAKER: 'marked' };
    expect(isAdopted({ ...TICKET, minCount: 99 }, { env, vars: { client_version: '' } })).toBe(false);
    expect(isAdopted({ stringProperties: { online_match: '' } }, { env })).toBe(true);
    expect(isAdopted({ numericProperties: { online_match: 0 } }, { env })).toBe(true);
    expect(isAdopted({}, { env, vars: { online_match: '1' } })).toBe(true);
  });
});
