import { contextWith, nkWith, recordingLogger } from '../../../kit/match/nk.ts';
import { afterMatchJoin } from '../../../src/nakama/hooks/after-match-join.ts';

const context = contextWith({ userId: 'user', sessionId: 'session', username: 'anna' });
const ROOM = '{"kind":"online_match","phase":"ready"}';

function signalsAfter(match: object, parts: Parameters<typeof nkWith>[0] = {}): unknown[] {
  const signals: unknown[] = [];
  const matchSignal = (id: string, data: string) => signals.push([id, JSON.parse(data)]);
  const nk = nkWith({
    ...{ matchSignal, localcachePut: () => {}, streamUserGet: () => ({}), streamUserList: () => [] },
    ...parts,
  });
  afterMatchJoin(context, recordingLogger().logger, nk, { match } as unknown as nkruntime.Envelope);
  return signals;
}

test('tells the room who has the reply to their join', () => {
  const who = { sessionId: 'session', userId: 'user', username: 'anna', node: 'node' };
  expect(signalsAfter({ matchId: 'uuid.node', label: ROOM })).toEqual([
    ['uuid.node', { type: 'answered', who }],
  ]);
});

test('remembers the room, for what they send before they have read the reply', () => {
  const remembered: unknown[][] = [];
  signalsAfter(
    { matchId: 'uuid.node', label: ROOM },
    { localcachePut: (...args: unknown[]) => remembered.push(args) },
  );
  expect(remembered).toEqual([['online_match/joined/session', 'uuid.node', 10]]);
});

test('tells who is in and not in the reply, and nothing where that is nobody', () => {
  const presence = (sessionId: string) => ({ userId: `user-${sessionId}`, sessionId, username: sessionId });
  const told = (tracked: string[], listed: string[]) => {
    const sent: unknown[][] = [];
    signalsAfter(
      { matchId: 'uuid.node', label: ROOM, presences: listed.map(presence) },
      {
        streamUserList: (_stream: object, hidden: boolean) => (hidden ? [] : tracked.map(presence)),
        streamSendRaw: (...args: unknown[]) => sent.push(args.slice(1)),
      },
    );
    return sent;
  };
  expect(told(['session', 'host', 'b'], ['b'])).toEqual([
    [
      {
        match_presence_event: {
          match_id: 'uuid.node',
          joins: [{ user_id: 'user-host', session_id: 'host', username: 'host' }],
        },
      },
      [{ sessionId: 'session', nodeId: 'node' }],
    ],
  ]);
  expect(told(['session', 'b'], ['b'])).toEqual([]);
});

test('tells no other match', () => {
  expect(signalsAfter({ matchId: 'uuid.node', label: 'chess' })).toEqual([]);
  expect(signalsAfter({ matchId: 'uuid.' })).toEqual([]);
});

test('tells the room whom Nakama answered and did not put in, and does not remember that', () => {
  const who = { sessionId: 'session', userId: 'user', username: 'anna', node: 'node' };
  const localcachePut = jest.fn();
  const parts = { streamUserGet: () => null, localcachePut };
  expect(signalsAfter({ matchId: 'uuid.node', label: ROOM }, parts)).toEqual([
    ['uuid.node', { type: 'lost', who }],
  ]);
  expect(localcachePut).not.toHaveBeenCalled();
});

test('does not fail when the match is gone', () => {
  const matchSignal = () => {
    throw new Error('match not found');
  };
  expect(() => signalsAfter({ matchId: 'uuid.node', label: ROOM }, { matchSignal })).not.toThrow();
});
