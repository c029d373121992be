import { nkWith } from '../../../kit/match/nk.ts';
import { recordingMetrics } from '../../../kit/metrics/recording.ts';
import { count, time } from '../../../src/nakama/server/metrics.ts';

test('counts by one unless told otherwise, and times in whole nanoseconds', () => {
  const { parts, counts, timers } = recordingMetrics();
  count(nkWith(parts), 'online_match_admissions_total', {});
  count(nkWith(parts), 'online_match_admissions_total', {}, 4);
  time(nkWith(parts), 'online_match_gathering_seconds', { founding: 'matched' }, 1500);
  expect(counts).toEqual({ online_match_admissions_total: 5 });
  expect(timers).toEqual({ 'online_match_gathering_seconds{founding=matched}': [1_500_000_000] });
});

test('a metric that fails throws nothing', () => {
  const failing = () => {
    throw new Error('no metrics');
  };
  const nk = nkWith({ metricsCounterAdd: failing, metricsTimerRecord: failing });
  count(nk, 'online_match_admissions_total', {});
  time(nk, 'online_match_gathering_seconds', { founding: 'matched' }, 1);
  count(undefined as unknown as nkruntime.Nakama, 'online_match_failures_total', {});
});
