import { localcache, nkWith, thrownBy } from '../../../kit/match/nk.ts';
import { askDatabase, sleepInDatabase } from '../../../src/nakama/server/database.ts';

const NOT_ASKED = new Error('the database has too much to do');
const MOST_QUESTIONS = 12;
const MOST_SLEEPS = 12;

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const after = (ms: number) => jest.setSystemTime(Date.now() + ms);

type Meanwhile = () => unknown;

/** A server whose VMs share a cache, and a database that sleeps for as long as it takes to do something else. */
function openServer() {
  const cache = localcache();
  const nk = nkWith({ ...cache, sqlQuery: (_: string, [seconds]: [number]) => after(seconds * 1000) });
  const whileAsked = (meanwhile: Meanwhile) => askDatabase(nk, meanwhile);
  const whileAsleep = (meanwhile: Meanwhile) =>
    expect(sleepInDatabase(nkWith({ ...cache, sqlQuery: meanwhile }), 1)).toBe(true);
  return { cache, nk, whileAsked, whileAsleep };
}

/** So many calls are open at once while `meanwhile` happens. */
function whileOpen(count: number, call: (meanwhile: Meanwhile) => unknown, meanwhile: Meanwhile): void {
  if (count === 0) meanwhile();
  else call(() => whileOpen(count - 1, call, meanwhile));
}

test('gives what the database answers, and passes its errors on', () => {
  const { nk } = openServer();
  const error = new Error('no connection');
  expect(askDatabase(nk, () => 'answer')).toBe('answer');
  expect(
    thrownBy(() =>
      askDatabase(nk, () => {
        throw error;
      }),
    ),
  ).toBe(error);
  expect(askDatabase(nk, () => 'answer')).toBe('answer');
});

test('asks while another question is open for less than a second, and no more after it', () => {
  const { nk, whileAsked } = openServer();
  whileAsked(() => {
    after(999);
    expect(askDatabase(nk, () => 'asked')).toBe('asked');
  });
  whileAsked(() => {
    after(1000);
    expect(thrownBy(() => askDatabase(nk, () => 'asked'))).toEqual(NOT_ASKED);
    expect(sleepInDatabase(nk, 1)).toBe(false);
  });
});

test('asks again as soon as an open question is answered', () => {
  const { nk, whileAsked } = openServer();
  whileAsked(() => after(20_000));
  expect(askDatabase(nk, () => 'asked')).toBe('asked');
});

test('lets one in five seconds ask all the same, but nobody sleep', () => {
  const { nk, whileAsked } = openServer();
  whileAsked(() => {
    after(5000);
    expect(sleepInDatabase(nk, 1)).toBe(false);
    whileAsked(() => {
      expect(thrownBy(() => askDatabase(nk, () => 'asked'))).toEqual(NOT_ASKED);
    });
  });
});

test('a question that finds too many open waits asleep until one is answered', () => {
  const { nk, cache, whileAsked } = openServer();
  whileOpen(MOST_QUESTIONS, whileAsked, () => {
    const sqlQuery = jest.fn(nk.sqlQuery);
    const answered = Date.now() + 10;
    sqlQuery.mockImplementation((query, args) => {
      const slept = nk.sqlQuery(query, args);
      if (Date.now() >= answered) cache.localcacheDelete('online_match/database_question_5');
      return slept;
    });
    expect(askDatabase(nkWith({ ...cache, sqlQuery }), () => 'asked')).toBe('asked');
    expect(sqlQuery.mock.calls).toEqual(Array(3).fill(['SELECT pg_sleep($1)', [0.004]]));
  });
});

test('a question that finds too many open for a second is not asked', () => {
  const { nk, whileAsked } = openServer();
  whileOpen(MOST_QUESTIONS, whileAsked, () => {
    const begun = Date.now();
    expect(thrownBy(() => askDatabase(nk, () => 'asked'))).toEqual(NOT_ASKED);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(1000);
    expect(Date.now() - begun).toBeLessThan(1010);
  });
});

test('a question that finds too many asleep as well is not asked at once, and nobody else sleeps', () => {
  const { nk, whileAsked, whileAsleep } = openServer();
  whileOpen(MOST_QUESTIONS, whileAsked, () => {
    whileOpen(MOST_SLEEPS - 1, whileAsleep, () => expect(sleepInDatabase(nk, 1)).toBe(true));
    whileOpen(MOST_SLEEPS, whileAsleep, () => {
      const begun = Date.now();
      expect(sleepInDatabase(nk, 1)).toBe(false);
      expect(thrownBy(() => askDatabase(nk, () => 'asked'))).toEqual(NOT_ASKED);
      expect(Date.now()).toBe(begun);
    });
  });
  whileOpen(MOST_SLEEPS, whileAsleep, () => expect(askDatabase(nk, () => 'asked')).toBe('asked'));
});

test('a database that hangs keeps no more than that, however often one asks all the same', () => {
  const { nk } = openServer();
  let open = 0;
  const askAgain = (): void => {
    after(5000);
    try {
      askDatabase(nk, () => {
        open++;
        askAgain();
      });
    } catch {}
  };
  askAgain();
  expect(open).toBe(MOST_QUESTIONS);
});

test('a place that two took at once is free again when both have gone', () => {
  const { nk, cache, whileAsked } = openServer();
  let hasLooked = false;
  /** It looked for the first place a moment ago, when that was still free. */
  const localcacheGet = (key: string) => {
    if (hasLooked || !key.endsWith('_0')) return cache.localcacheGet(key);
    hasLooked = true;
    return undefined;
  };
  whileAsked(() => askDatabase(nkWith({ ...cache, localcacheGet }), () => {}));
  expect(hasLooked).toBe(true);
  whileOpen(MOST_QUESTIONS, whileAsked, () => expect(sleepInDatabase(nk, 1)).toBe(true));
});

test('who goes away while the database is silent does not break the silence, and who goes before does', () => {
  const { nk } = openServer();
  const goAfter = (ms: number) =>
    thrownBy(() =>
      askDatabase(nk, () => {
        after(ms);
        throw new Error('context canceled');
      }),
    );
  goAfter(999);
  after(1000);
  expect(askDatabase(nk, () => 'asked')).toBe('asked');
  goAfter(1000);
  expect(thrownBy(() => askDatabase(nk, () => 'asked'))).toEqual(NOT_ASKED);
  after(4000);
  expect(askDatabase(nk, () => 'asked')).toBe('asked');
  expect(sleepInDatabase(nk, 1)).toBe(true);
});
