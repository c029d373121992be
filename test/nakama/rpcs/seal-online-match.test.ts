import { contextWith, localcache, nkWith, recordingLogger, thrownBy } from '../../../kit/match/nk.ts';
import { sealOnlineMatch } from '../../../src/nakama/rpcs/seal-online-match.ts';

const REQUEST = JSON.stringify({ match_id: 'uuid.node', sealed: true });

/** Seals as somebody, on a server whose one room has one user in it, by one session; the signals it gets. */
function sealAs(who: { userId?: string; sessionId?: string }, cache = localcache()) {
  const signals: string[] = [];
  const nk = nkWith({
    ...cache,
    matchGet: () => ({ label: '{"kind":"online_match","phase":"ready"}' }),
    streamUserGet: (user: string, session: string) => (user === 'user' && session === 'session' ? {} : null),
    streamUserList: () => [{ userId: 'user' }],
    matchSignal: (_id: string, data: string) => {
      signals.push(data);
      return '{"refusal":null,"host":null}';
    },
  });
  const refusal = thrownBy(() => {
    sealOnlineMatch(contextWith(who), recordingLogger().logger, nk, REQUEST);
    throw null;
  });
  return { signals: signals.length, refusal };
}

test.each([{}, { userId: 'user' }, { userId: 'user', sessionId: 'session' }])(
  'a room is asked whether %j may seal it',
  (who) => {
    expect(sealAs(who)).toEqual({ signals: 1, refusal: null });
  },
);

test.each([
  { userId: 'stranger' },
  { userId: 'stranger', sessionId: 'x' },
  { userId: 'user', sessionId: 'x' },
])('a room is asked whether %j may, who has no socket in it, but not often', (who) => {
  const cache = localcache();
  const asked = Array.from({ length: 12 }, () => sealAs(who, cache));
  const refusal = { code: 7, message: 'not-host: only the host of this match can seal it' };
  expect(asked.filter(({ signals }) => signals === 1)).toHaveLength(10);
  expect(asked.at(-1)).toEqual({ signals: 0, refusal });
});
