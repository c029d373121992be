import { PHASES } from '../../protocol/label.ts';
import { REFUSAL_CODES } from '../../protocol/refusal.ts';
import { DROP_REASONS } from '../../room/messages/traffic.ts';
import { type Counters, count } from './metrics.ts';
import { SIGNAL_TYPES } from './signals.ts';

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
  const inPhases = ([...PHASES, 'plain'] as const).map((phase) => ({ phase }));
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
    online_match_seats_kept_total: [{}],
    online_match_seats_resumed_total: [{}],
    online_match_host_changes_total: [{}],
    online_match_refusals_total: REFUSAL_CODES.flatMap((code) => [
      { kind: 'join', code },
      { kind: 'request', code },
    ]),
    online_match_codes_total: [{ outcome: 'found' }, { outcome: 'unknown' }, { outcome: 'refused' }],
    online_match_listings_total: [{ answer: 'looked-up' }, { answer: 'remembered' }],
    online_match_passwords_total: [
      { outcome: 'right' },
      { outcome: 'wrong' },
      { outcome: 'none' },
      { outcome: 'barred' },
    ],
    online_match_kicks_total: [{ kind: 'kick' }, { kind: 'ban' }],
    online_match_invitations_total: [{ outcome: 'sent' }, { outcome: 'not-sent' }],
    online_match_quick_play_total: [{ outcome: 'joined' }, { outcome: 'created' }],
    online_match_messages_relayed_total: [{}],
    online_match_fallback_messages_total: [{}],
    online_match_fallback_bytes_total: [{}],
    online_match_fallback_slow_downs_total: [{}],
    online_match_messages_dropped_total: [...DROP_REASONS, 'match-stuck' as const].map((reason) => ({
      reason,
    })),
    online_match_signals_waited_total: SIGNAL_TYPES.map((signal) => ({ signal })),
  };
}
