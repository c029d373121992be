import { contextWith, localcache, nkWith, recordingLogger, thrownBy } from '../../../kit/match/nk.ts';
import { sealOnlineMatch } from '../../../src/nakama/rpcs/seal-online-match.ts';
import { noteAway } from '../../../src/nakama/server/away-users.ts';

const REQUEST = JSON.stringify({ match_id: 'uuid.node', sealed: true });

/** Seals as somebody, on a server whose one room has one user in it, and of another the seat; the signals it gets. */
function sealAs(who: { userId?: string; sessionId?: string }) {
  const signals: string[] = [];
  const nk = nkWith({
    ...localcache(),
    matchGet: () => ({ label: '{"kind":"online_match","phase":"ready"}' }),
    streamUserList: () => [{ userId: 'user' }],
    matchSignal: (_id: string, data: string) => {
      signals.push(data);
      return '{"refusal":null,"host":null}';
    },
  });
  noteAway(nk, 'uuid.node', 'away');
  const refusal = thrownBy(() => {
    sealOnlineMatch(contextWith(who), recordingLogger().logger, nk, REQUEST);
    throw null;
  });
  return { signals: signals.length, refusal };
}

test.each([{}, { userId: 'user' }, { userId: 'user', sessionId: 'session' }, { userId: 'away' }])(
  'a room is asked whether %j may seal it',
  (who) => {
    expect(sealAs(who)).toEqual({ signals: 1, refusal: null });
  },
);

test.each([{ userId: 'stranger' }, { userId: 'stranger', sessionId: 'x' }])(
  'a room hears nothing of %j, who has no seat in it',
  (who) => {
    const refusal = { code: 7, message: 'not-host: only the host of this match can seal it' };
    expect(sealAs(who)).toEqual({ signals: 0, refusal });
  },
);
