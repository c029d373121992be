import { localcache, nkWith } from '../../../kit/match/nk.ts';
import { recordingMetrics } from '../../../kit/metrics/recording.ts';
import { askMatch } from '../../../src/nakama/server/ask-match.ts';
import { encodeSignal } from '../../../src/nakama/server/signals.ts';

const signal = {
  type: 'data',
  data: { from: 'a', opCode: 9001, recipients: null, reliable: false, payload: '' },
} as const;
const busy = () => new Error('match busy');

/** Nakama's matchSignal, which answers with what each call in turn gives; the last goes on. */
function answering(...answers: (() => string)[]) {
  let calls = 0;
  const asked: string[][] = [];
  const matchSignal = (...args: string[]) => {
    asked.push(args);
    const answer = answers[Math.min(calls++, answers.length - 1)];
    return answer?.();
  };
  return { asked, matchSignal };
}

function throwing(error: () => Error, tookMs = 0): () => never {
  return () => {
    jest.setSystemTime(Date.now() + tookMs);
    throw error();
  };
}

/** The database sleeps, and the clock goes on. */
function sleeping() {
  const pauses: number[] = [];
  const sqlQuery = (query: string, [seconds]: [number]) => {
    expect(query).toBe('SELECT pg_sleep($1)');
    pauses.push(seconds * 1000);
    jest.setSystemTime(Date.now() + seconds * 1000);
  };
  return { pauses, sqlQuery };
}

describe('with a clock of its own', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('gives what the match answers, and asks it once', () => {
    const { asked, matchSignal } = answering(() => 'answer');
    expect(askMatch(nkWith({ matchSignal }), 'id.node', signal)).toEqual({ outcome: 'done', data: 'answer' });
    expect(asked).toEqual([['id.node', encodeSignal(signal)]]);
  });

  test('waits while the match is busy, longer each time, until it answers', () => {
    const { matchSignal } = answering(...Array(8).fill(throwing(busy)), () => 'answer');
    const { pauses, sqlQuery } = sleeping();
    const { parts, counts } = recordingMetrics();
    const nk = nkWith({ ...localcache(), matchSignal, sqlQuery, ...parts });
    expect(askMatch(nk, 'id.node', signal)).toMatchObject({ data: 'answer' });
    expect(counts).toEqual({ 'online_match_signals_waited_total{signal=data}': 1 });
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 32, 32]);
  });

  test('gives up a match that stays busy for longer than it has patience', () => {
    const { matchSignal } = answering(throwing(busy));
    const begun = Date.now();
    const nk = nkWith({ ...localcache(), matchSignal, sqlQuery: sleeping().sqlQuery });
    expect(askMatch(nk, 'id.node', signal)).toEqual({ outcome: 'busy' });
    expect(Date.now() - begun).toBeGreaterThan(9000);
    expect(Date.now() - begun).toBeLessThan(9100);
  });

  test('does not ask again what took 10 s: the match has been asked and will do it', () => {
    const { asked, matchSignal } = answering(throwing(busy, 10_000));
    expect(askMatch(nkWith({ matchSignal }), 'id.node', signal)).toEqual({ outcome: 'overdue' });
    expect(asked).toHaveLength(1);
  });

  test('gives up at once when the caller is gone, whose signals Nakama refuses as it does those of a full queue', () => {
    const { asked, matchSignal } = answering(throwing(busy));
    const sqlQuery = throwing(() => new Error('failed to exec db query: context canceled'));
    expect(askMatch(nkWith({ ...localcache(), matchSignal, sqlQuery }), 'id.node', signal)).toEqual({
      outcome: 'unheard',
    });
    expect(asked).toHaveLength(1);
  });

  test('tells that there is no such match', () => {
    const { matchSignal } = answering(throwing(() => new Error('match not found')));
    expect(askMatch(nkWith({ matchSignal }), 'id.node', signal)).toEqual({ outcome: 'gone' });
  });

  test('takes what is no Error for an answer as well, since the runtime throws what it likes', () => {
    const { matchSignal } = answering(throwing(() => 'match not found' as unknown as Error));
    expect(askMatch(nkWith({ matchSignal }), 'id.node', signal)).toEqual({ outcome: 'gone' });
  });
});

test('waits by itself when the database refuses to', () => {
  let calls = 0;
  const matchSignal = () => {
    if (++calls < 4) throw busy();
    return 'answer';
  };
  const sqlQuery = () => {
    throw new Error('no connection');
  };
  const begun = performance.now();
  expect(askMatch(nkWith({ ...localcache(), matchSignal, sqlQuery }), 'id.node', signal)).toMatchObject({
    outcome: 'done',
  });
  expect(performance.now() - begun).toBeGreaterThan(5);
});

test('leaves a database alone for a while that has just refused to sleep', () => {
  let calls = 0;
  const matchSignal = () => {
    if (++calls < 4) throw busy();
    return 'answer';
  };
  const sqlQuery = jest.fn(() => {
    throw new Error('no connection');
  });
  askMatch(nkWith({ ...localcache(), matchSignal, sqlQuery }), 'id.node', signal);
  expect(sqlQuery).toHaveBeenCalledTimes(1);
});
