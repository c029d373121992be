import { contextWith, localcache, nkWith, recordingLogger } from '../../../kit/match/nk.ts';
import { recordingMetrics } from '../../../kit/metrics/recording.ts';
import { person } from '../../../kit/room/foundings.ts';
import { beforeMatchDataSend } from '../../../src/nakama/hooks/before-match-data-send.ts';
import { passedOf } from '../../../src/nakama/server/passed.ts';
import { keepReach } from '../../../src/nakama/server/reaches.ts';

const MATCH = 'uuid.node';
const PAYLOAD = payloadFor('b');
const BURST = 8;
/** To one player, by all others. */
const AT_ONCE = 20;
const env = { ONLINE_MATCH_CANDIDATE_BURST: `${BURST}` };

function payloadFor(target: string): string {
  const signal = { method: 'add_ice_candidate', target, media: '0', index: 0, name: 'candidate' };
  return Buffer.from(JSON.stringify(signal)).toString('base64');
}

/** A server with a match in which these reach each other. */
function server(matchSignal: () => string = () => '', players = ['a', 'b']) {
  let asked = 0;
  const sent: unknown[][] = [];
  const tracked = new Set(players);
  const nk = nkWith({
    ...localcache(),
    ...recordingMetrics().parts,
    matchGet: () => ({ label: '{"kind":"online_match","phase":"ready"}' }),
    streamUserGet: (_user: string, session: string) => (tracked.has(session) ? {} : null),
    streamSendRaw: (_stream: object, envelope: object, to: object[]) => sent.push([envelope, to]),
    base64Decode: (text: string) => Buffer.from(text, 'base64'),
    binaryToString: (data: Buffer) => data.toString('utf8'),
    matchSignal: () => {
      asked++;
      return matchSignal();
    },
  });
  for (const one of players)
    keepReach(nk, MATCH, { ...person(one), username: `of ${one} x`, speaks: 'json', others: 1 });
  const send = (data: string, sessionId = 'a', opCode = '9001') => {
    const context = contextWith({ env, userId: `user-${sessionId}`, sessionId });
    const envelope = { matchDataSend: { matchId: MATCH, opCode, data } };
    beforeMatchDataSend(context, recordingLogger().logger, nk, envelope as never);
    return { asked, sent: sent.length };
  };
  return { nk, send, sent, tracked };
}

test('a signal goes to its target as it came, from its sender as others know them, and no match is asked', () => {
  const { send, sent } = server();
  expect(send(PAYLOAD)).toEqual({ asked: 0, sent: 1 });
  const presence = { user_id: 'user-a', session_id: 'a', username: 'of a x' };
  const match_data = { match_id: MATCH, op_code: 9001, data: PAYLOAD, reliable: true, presence };
  expect(sent).toEqual([[{ match_data }, [{ sessionId: 'b', nodeId: 'node' }]]]);
});

test.each([
  ['to who is not reached', payloadFor('c')],
  ['to oneself', payloadFor('a')],
  ['that cannot be read', Buffer.from('{"method":').toString('base64')],
  ['in another language', 'AQID'],
  ['that is empty', ''],
  ['that is too long', Buffer.from(JSON.stringify({ x: 'x'.repeat(20_000) })).toString('base64')],
])('the match is asked about a signal %s', (_, payload) => {
  expect(server().send(payload)).toEqual({ asked: 1, sent: 0 });
});

test('the match is asked about other opcodes, and for who may not signal by themselves', () => {
  const { send } = server();
  expect(send(PAYLOAD, 'a', '9011')).toEqual({ asked: 1, sent: 0 });
  expect(send(PAYLOAD, 'c')).toEqual({ asked: 1, sent: 0 });
});

test('nothing of who is not in the match any more reaches anybody', () => {
  const { send, tracked } = server();
  tracked.delete('a');
  expect(send(PAYLOAD)).toEqual({ asked: 0, sent: 0 });
});

test('what is too much is dropped and counted, and the budget fills again with time', () => {
  jest.useFakeTimers();
  const { nk, send } = server();
  for (let sent = 1; sent <= BURST; sent++) expect(send(PAYLOAD)).toEqual({ asked: 0, sent });
  expect(send(PAYLOAD)).toEqual({ asked: 0, sent: BURST });
  expect(passedOf(nk, MATCH, 'a')).toMatchObject({ relayed: BURST, overBudget: 1 });
  jest.setSystemTime(Date.now() + 10_000 / BURST + 1);
  expect(send(PAYLOAD)).toEqual({ asked: 0, sent: BURST + 1 });
  jest.useRealTimers();
});

test('many at once who signal one player go through the match, which does it one after the other', () => {
  jest.useFakeTimers();
  const senders = ['a', 'c', 'd', 'e'];
  const { send } = server(undefined, ['b', ...senders, 'f']);
  for (let sent = 0; sent < AT_ONCE; sent++) send(PAYLOAD, senders[sent % senders.length]);
  expect(send(PAYLOAD, 'f')).toEqual({ asked: 1, sent: AT_ONCE });
  expect(send(payloadFor('a'), 'f')).toEqual({ asked: 1, sent: AT_ONCE + 1 });
  jest.setSystemTime(Date.now() + 20);
  expect(send(PAYLOAD, 'f')).toEqual({ asked: 1, sent: AT_ONCE + 2 });
  jest.useRealTimers();
});

test('whoever signals themselves keeps up, and is sent as much without their match', () => {
  jest.useFakeTimers();
  const senders = ['a', 'c', 'd', 'e'];
  const { send } = server(undefined, ['b', ...senders, 'f', 'g']);
  for (let sent = 0; sent < AT_ONCE; sent++) send(PAYLOAD, senders[sent % senders.length]);
  for (let sent = AT_ONCE + 2; sent <= AT_ONCE + 10; sent += 2) {
    expect(send(payloadFor('g'), 'b')).toEqual({ asked: 0, sent: sent - 1 });
    expect(send(PAYLOAD, 'f')).toEqual({ asked: 0, sent });
  }
  expect(send(PAYLOAD, 'f')).toEqual({ asked: 1, sent: AT_ONCE + 10 });
  jest.useRealTimers();
});

test('a message that waits for its match is not overtaken', () => {
  jest.useFakeTimers();
  let isStuck = true;
  const { send } = server(() => {
    if (!isStuck) return '';
    jest.setSystemTime(Date.now() + 9_500);
    throw new Error('match busy');
  });
  expect(send(payloadFor('c'))).toEqual({ asked: 1, sent: 0 });
  isStuck = false;
  expect(send(PAYLOAD)).toEqual({ asked: 2, sent: 0 });
  jest.setSystemTime(Date.now() + 60_001);
  expect(send(PAYLOAD)).toEqual({ asked: 2, sent: 1 });
  jest.useRealTimers();
});
