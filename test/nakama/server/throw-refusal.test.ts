import { nkWith, thrownBy } from '../../../kit/match/nk.ts';
import { recordingMetrics } from '../../../kit/metrics/recording.ts';
import { isRefusal, throwRefusal } from '../../../src/nakama/server/throw-refusal.ts';
import { refuse } from '../../../src/protocol/refusal.ts';

test.each([
  ['bad-request', 3],
  ['match-not-found', 5],
  ['not-host', 7],
  ['too-many-rooms', 8],
  ['too-few-players', 9],
  ['match-sealed', 9],
  ['host-left', 9],
  ['busy', 14],
] as const)('%s is counted, and thrown as a plain object with gRPC status %d', (code, status) => {
  const { parts, counts } = recordingMetrics();
  const thrown = thrownBy(() => throwRefusal(nkWith(parts), refuse(code, 'why')));
  expect(thrown).toEqual({ message: `${code}: why`, code: status });
  expect(counts).toEqual({ [`online_match_refusals_total{code=${code},kind=request}`]: 1 });
  expect([isRefusal(thrown), isRefusal(new Error('of the runtime'))]).toEqual([true, false]);
});
