import { OnlineMatch } from '../../../clients/web/src/index.ts';
import { callbacksDone, IdlePeerConnection, matchNamed, ScriptedSocket, TICKET } from './scripted-socket.ts';

const OPTIONS = { RTCPeerConnection: IdlePeerConnection.type };

let script: ScriptedSocket;
let match: OnlineMatch;

beforeEach(() => {
  script = new ScriptedSocket();
  match = new OnlineMatch(script.socket, OPTIONS);
});

// A match keeps asking whether the others' games go on.
afterEach(() => void match.leave());

const ANSWERS: { [what: string]: unknown } = {
  'rpc get_ice_servers': { payload: '{}' },
  'rpc create_online_match': { payload: '{"match_id":"m","code":"BCDFGH"}' },
  addMatchmaker: { ticket: TICKET },
  joinMatch: matchNamed('m'),
};

/** What a call waits for, one after the other; `ice` is asked for at once. */
const STEPS: { [step: string]: () => Promise<void> } = {
  ice: () => answer('rpc get_ice_servers'),
  create: () => answer('rpc create_online_match'),
  ticket: () => answer('addMatchmaker'),
  matched: async () => {
    await callbacksDone();
    script.tellMatched({ match_id: 'm' });
  },
  join: () => answer('joinMatch'),
};

async function answer(what: string): Promise<void> {
  (await script.next(what)).answer(ANSWERS[what]);
}

function answerAll(): void {
  for (const request of script.requests) request.answer(ANSWERS[request.what]);
}

const argsOf = (what: string) => script.asked(what).map(({ args }) => args[0]);

type Begin = (options: object) => Promise<unknown>;

const CALLS: [string, Begin, string[]][] = [
  ['createMatch', (options) => match.createMatch(options), ['ice', 'create', 'join']],
  ['createMatch, its ICE servers late', (options) => match.createMatch(options), ['create', 'join', 'ice']],
  ['joinMatch', (options) => match.joinMatch('m', options), ['ice', 'join']],
  ['joinMatch, its ICE servers late', (options) => match.joinMatch('m', options), ['join', 'ice']],
  ['startMatchmaking', (options) => match.startMatchmaking(options), ['ice', 'ticket', 'matched', 'join']],
];

const ENDS: [string, (abort: AbortController) => unknown][] = [
  ['aborted', (abort) => abort.abort()],
  ['timed-out', () => jest.advanceTimersByTime(10_000)],
  ['left', () => void match.leave()],
  ['disconnected', () => script.ondisconnect({} as Event)],
];

const moments = CALLS.flatMap(([name, begin, steps]) =>
  steps.flatMap((step, index) =>
    ENDS.map(([code, end]) => [name, step, code, begin, steps, index, end] as const),
  ),
);

describe('a call that ends early', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask'] }));
  afterEach(() => jest.useRealTimers());

  test.each(moments)('%s, waiting for %s, is undone when %s', async (...moment) => {
    const [, , code, begin, steps, index, end] = moment;
    const abort = new AbortController();
    const call = begin({ signal: abort.signal, timeoutMs: 10_000 });
    const rejected = expect(call).rejects.toMatchObject({ name: 'OnlineMatchError', code });
    for (const before of steps.slice(0, index)) await STEPS[before]?.();
    await callbacksDone();

    end(abort);
    await rejected;
    expect(match.state).toBe('lobby');

    // The server's answers come all the same.
    answerAll();
    await callbacksDone();
    const isThere = code !== 'disconnected';
    const hasJoined = script.asked('joinMatch').length > 0;
    const hasTicket = script.asked('addMatchmaker').length > 0 && !hasJoined;
    expect(argsOf('leaveMatch')).toEqual(isThere && hasJoined ? ['m'] : []);
    expect(argsOf('removeMatchmaker')).toEqual(isThere && hasTicket ? [TICKET] : []);
    answerAll();
    await callbacksDone();
    expect(jest.getTimerCount()).toBe(0);

    const next = match.joinMatch('m');
    await callbacksDone();
    answerAll();
    await expect(next).resolves.toBe('m');
  });

  test.each(CALLS)('%s asks nothing of the server when it was ended before', async (_, begin) => {
    await expect(begin({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
    await expect(begin({ timeoutMs: 0 })).rejects.toMatchObject({ code: 'timed-out' });
    await callbacksDone();
    expect(script.requests.filter(({ what }) => what !== 'rpc get_ice_servers')).toEqual([]);
  });

  test('a longer time than timers take is no time at all', async () => {
    const call = match.joinMatch('m', { timeoutMs: 2 ** 40 });
    await STEPS.ice?.();
    jest.advanceTimersByTime(60_000);
    await STEPS.join?.();
    await expect(call).resolves.toBe('m');
  });

  test('a join that nakama-js itself has timed out is left, for it may have gone through', async () => {
    const call = match.joinMatch('m');
    const rejected = expect(call).rejects.toMatchObject({ code: 'timed-out' });
    (await script.next('joinMatch')).refuse('The socket timed out while waiting for a response.');
    await rejected;
    expect((await script.next('leaveMatch')).args).toEqual(['m']);
  });
});

describe('one call after the other', () => {
  async function join(matchId = 'm', others: string[] = []): Promise<void> {
    const joining = match.joinMatch(matchId);
    await STEPS.ice?.();
    (await script.next('joinMatch')).answer(matchNamed(matchId, others));
    await joining;
  }

  test.each(CALLS)('%s does not begin during another', async (_, begin) => {
    const first = match.joinMatch('m');
    await expect(begin({})).rejects.toMatchObject({ code: 'already-in-a-match' });
    await STEPS.ice?.();
    await STEPS.join?.();
    await first;
    await expect(begin({})).rejects.toMatchObject({ code: 'already-in-a-match' });
    expect(match.matchId).toBe('m');
  });

  test('the same match is joined again only when the server knows that it was left', async () => {
    await join();
    const leaving = match.leave();
    const again = match.joinMatch('m');
    const left = await script.next('leaveMatch');
    await callbacksDone();
    expect(script.asked('joinMatch')).toHaveLength(1);
    left.answer();
    await leaving;
    await STEPS.ice?.();
    await STEPS.join?.();
    await expect(again).resolves.toBe('m');
  });

  test('who leaves twice leaves once, and both wait for the server', async () => {
    await join();
    const leaving = Promise.all([match.leave(), match.leave()]);
    (await script.next('leaveMatch')).answer();
    await leaving;
    expect(script.asked('leaveMatch')).toHaveLength(1);
    await match.leave();
  });

  test('leaving does not wait for a server that is gone', async () => {
    await join();
    const leaving = match.leave();
    await script.next('leaveMatch');
    script.ondisconnect({} as Event);
    await leaving;
  });

  test('a listener may leave the match at once', async () => {
    match.on('matchJoined', () => void match.leave());
    const joining = expect(match.joinMatch('m')).rejects.toMatchObject({ code: 'left' });
    await STEPS.ice?.();
    await STEPS.join?.();
    await joining;
    (await script.next('leaveMatch')).answer();
    expect(match.state).toBe('lobby');
  });

  test('the game’s own handlers go on being called, also those set later, and each thing is told once', async () => {
    const heard: string[] = [];
    script.onmatchdata = () => heard.push('first');
    match.on('roomChanged', () => heard.push('match'));
    await join('m1');
    script.tellData('m1', 9010, { you: 'session-b', players: [] });
    void match.leave();
    (await script.next('leaveMatch')).answer();

    const before = script.onmatchdata;
    script.onmatchdata = (data) => {
      before(data);
      heard.push('second');
      throw new Error('of the game');
    };
    await join('m2');
    expect(() => script.tellData('m2', 9010, { you: 'session-b', players: [] })).toThrow('of the game');
    expect(heard).toEqual(['first', 'match', 'first', 'second', 'match']);
  });

  test('what comes of a match that was left is not heard in the next', async () => {
    await join('m1');
    void match.leave();
    (await script.next('leaveMatch')).answer();
    await join('m2');
    script.tellData('m1', 9010, { you: 'session-b', players: [] });
    expect(match.room).toBeNull();
  });

  test('what comes before the reply to a join is heard after it', async () => {
    const heard: string[] = [];
    match.on('matchJoined', () => heard.push('joined'));
    match.on('roomChanged', () => heard.push('room'));
    const joining = match.joinMatch('m');
    (await script.next('joinMatch')).answer(matchNamed('m'));
    script.tellData('m', 9010, { you: 'session-b', players: [] });
    await STEPS.ice?.();
    await joining;
    expect(heard).toEqual(['joined', 'room']);
  });
});
