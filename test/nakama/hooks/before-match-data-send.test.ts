import { contextWith, localcache, nkWith, recordingLogger } from '../../../kit/match/nk.ts';
import { recordingMetrics } from '../../../kit/metrics/recording.ts';
import { beforeMatchDataSend } from '../../../src/nakama/hooks/before-match-data-send.ts';

const TAKEN = { matchDataSend: { matchId: '00000000-0000-0000-0000-000000000000.', opCode: '0' } };
const context = contextWith({ userId: 'user', sessionId: 'session' });

interface Message {
  readonly matchId?: string;
  readonly opCode?: string;
  readonly data?: string;
}

/** Sends through the hook what a client in a room sends, on a server that knows only what is given. */
function send(message: Message, parts: Parameters<typeof nkWith>[0] = {}) {
  const signals: string[][] = [];
  const nk = nkWith({
    ...localcache(),
    matchGet: () => ({ label: '{"kind":"online_match","phase":"ready"}' }),
    streamUserGet: () => ({}),
    matchSignal: (...args: string[]) => {
      signals.push(args);
      return '';
    },
    ...parts,
  });
  const matchDataSend = { matchId: 'uuid.node', opCode: '9001', data: 'eyJ9', ...message };
  const envelope = { matchDataSend } as unknown as nkruntime.EnvelopeMatchDataSend;
  const { logger, lines } = recordingLogger();
  const answer = beforeMatchDataSend(context, logger, nk, envelope);
  return { signals, lines, passes: answer === envelope, answer };
}

test('takes a room’s message to the match, as its sender sent it', () => {
  const { signals, answer } = send({});
  expect(signals).toEqual([['uuid.node', 'session 9001 eyJ9 *']]);
  expect(answer).toEqual(TAKEN);
});

test('takes an empty message as well, whose data is missing', () => {
  expect(send({ data: undefined } as never).signals).toEqual([['uuid.node', 'session 9001  *']]);
});

test.each([undefined, ''])(
  'takes a message for match %j to the room that its sender has just joined',
  (matchId) => {
    const localcacheGet = (key: string) => (key.endsWith('/session') ? 'uuid.node' : undefined);
    const { signals, answer } = send({ matchId } as Message, { localcacheGet });
    expect(signals).toEqual([['uuid.node', 'session 9001 eyJ9 *']]);
    expect(answer).toEqual(TAKEN);
  },
);

test('leaves a message without a match id to Nakama when its sender has joined none', () => {
  const { signals, passes } = send({ matchId: '' }, { localcacheGet: () => undefined, matchGet: undefined });
  expect([signals, passes]).toEqual([[], true]);
});

test('passes what is for another game’s match on untouched', () => {
  const { signals, passes } = send({}, { matchGet: () => ({ label: '{"kind":"chess"}' }) });
  expect([signals, passes]).toEqual([[], true]);
});

test('takes out a stranger’s message, which Nakama would drop, and tells no match of it', () => {
  const { signals, passes } = send({}, { streamUserGet: () => null });
  expect([signals, passes]).toEqual([[], false]);
});

test('counts and logs a message that a stuck match did not take', () => {
  jest.useFakeTimers();
  const matchSignal = () => {
    throw new Error('match busy');
  };
  const sqlQuery = () => jest.setSystemTime(Date.now() + 5000);
  const { parts, counts } = recordingMetrics();
  const { answer, lines } = send({}, { matchSignal, sqlQuery, ...parts });
  jest.useRealTimers();
  expect(answer).toEqual(TAKEN);
  expect(lines).toEqual(['warn: a message of session session is lost: match uuid.node is stuck']);
  expect(counts).toMatchObject({ 'online_match_messages_dropped_total{reason=match-stuck}': 1 });
});

test('takes a message that comes too late for its match, without a word', () => {
  const matchSignal = () => {
    throw new Error('match not found');
  };
  const { answer, lines } = send({}, { matchSignal });
  expect(answer).toEqual(TAKEN);
  expect(lines).toEqual([]);
});
