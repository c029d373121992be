import type { RefusalCode } from '../../protocol/refusal.ts';
import { type Counters, count } from './metrics.ts';

type Series = { readonly [name in keyof Counters]: readonly Counters[name][] };

/**
 * Shows every counter at 0 from the server's start on: of one that appears with its first count, Prometheus
 * does not see that count as an increase.
 */
export function showCounters(nk: nkruntime.Nakama): void {
  for (const [name, series] of Object.entries(allSeries())) {
    for (const tags of series) count(nk, name as keyof Counters, tags as Counters[keyof Counters], 0);
  }
}

/** In a function, since every match would pay for it at the top level. */
function allSeries(): Series {
  const inPhases = (['waiting', 'gathering', 'ready', 'sealed', 'closed', 'plain'] as const).map((phase) => ({
    phase,
  }));
  const codes: readonly RefusalCode[] = [
    'bad-request',
    'busy',
    'host-left',
    'links-pending',
    'match-full',
    'match-not-found',
    'match-sealed',
    'not-host',
    'not-invited',
    'too-few-players',
    'too-many-rooms',
    'version-mismatch',
    'version-required',
  ];
  return {
    online_match_failures_total: [{}],
    online_match_rooms_made_total: [
      { founding: 'adopted' },
      { founding: 'created' },
      { founding: 'elected' },
      { founding: 'matched' },
    ],
    online_match_rooms_not_made_total: [
      { way: 'create_match', why: 'bounds' },
      { way: 'create_match', why: 'failure' },
      { way: 'matchmaker', why: 'failure' },
    ],
    online_match_rooms_entered_total: inPhases,
    online_match_rooms_left_total: inPhases,
    online_match_admissions_total: [{}],
    online_match_refusals_total: codes.flatMap((code) => [
      { kind: 'join', code },
      { kind: 'request', code },
    ]),
    online_match_messages_relayed_total: [{}],
    online_match_messages_dropped_total: [
      { reason: 'held-full' },
      { reason: 'inconsistent' },
      { reason: 'malformed' },
      { reason: 'match-stuck' },
      { reason: 'no-such-target' },
      { reason: 'not-a-member' },
      { reason: 'over-budget' },
      { reason: 'oversized' },
      { reason: 'self-target' },
      { reason: 'unknown-opcode' },
    ],
    online_match_signals_waited_total: [
      { signal: 'data' },
      { signal: 'joined' },
      { signal: 'lost' },
      { signal: 'seal' },
    ],
  };
}
