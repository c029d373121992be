import { nkWith } from '../../../kit/match/nk.ts';
import { recordingMetrics } from '../../../kit/metrics/recording.ts';
import { showCounters } from '../../../src/nakama/server/metric-series.ts';
import type { Counters } from '../../../src/nakama/server/metrics.ts';
import { PHASES } from '../../../src/protocol/label.ts';
import { REFUSAL_CODES } from '../../../src/protocol/refusal.ts';

const each = <Value extends string>(values: readonly Value[]) =>
  Object.fromEntries(values.map((value) => [value, true])) as Record<Value, true>;

/** Every value that a tag of a counter can have: the types see to it that none is missing. */
const VALUES: {
  [name in keyof Counters]: { [tag in keyof Counters[name]]: Record<Counters[name][tag] & string, true> };
} = {
  online_match_failures_total: {},
  online_match_fallback_messages_total: {},
  online_match_fallback_bytes_total: {},
  online_match_fallback_slow_downs_total: {},
  online_match_rooms_made_total: { founding: { adopted: true, created: true, elected: true, matched: true } },
  online_match_rooms_not_made_total: {
    way: { create_match: true, matchmaker: true },
    why: { bounds: true, failure: true },
  },
  online_match_rooms_entered_total: {
    phase: each([...PHASES, 'plain']),
  },
  online_match_rooms_left_total: {
    phase: each([...PHASES, 'plain']),
  },
  online_match_admissions_total: {},
  online_match_seats_kept_total: {},
  online_match_seats_resumed_total: {},
  online_match_host_changes_total: {},
  online_match_refusals_total: {
    kind: { join: true, request: true },
    code: each(REFUSAL_CODES),
  },
  online_match_codes_total: { outcome: { found: true, unknown: true, refused: true } },
  online_match_listings_total: { answer: { 'looked-up': true, remembered: true } },
  online_match_passwords_total: { outcome: { right: true, wrong: true, none: true, barred: true } },
  online_match_kicks_total: { kind: { kick: true, ban: true } },
  online_match_invitations_total: { outcome: { sent: true, 'not-sent': true } },
  online_match_quick_play_total: { outcome: { joined: true, created: true } },
  online_match_messages_relayed_total: {},
  online_match_messages_dropped_total: {
    reason: {
      'held-full': true,
      inconsistent: true,
      malformed: true,
      'match-stuck': true,
      'no-such-target': true,
      'not-a-member': true,
      'over-budget': true,
      oversized: true,
      'self-target': true,
      'unknown-opcode': true,
    },
  },
  online_match_signals_waited_total: {
    signal: {
      answered: true,
      chosen: true,
      commanded: true,
      data: true,
      left: true,
      lost: true,
      unlocking: true,
    },
  },
};

function* seriesOf(name: string, tags: Record<string, object>): Generator<string> {
  const [first, second] = Object.entries(tags)
    .sort()
    .map(([tag, values]) => Object.keys(values).map((value) => `${tag}=${value}`));
  if (first === undefined) yield name;
  for (const one of first ?? []) {
    if (second === undefined) yield `${name}{${one}}`;
    for (const other of second ?? []) yield `${name}{${one},${other}}`;
  }
}

test('every counter is there from the start, with every value that its tags can have, at 0', () => {
  const { parts, counts } = recordingMetrics();
  showCounters(nkWith(parts));
  // The matchmaker is bound by no user's number of rooms.
  const never = 'online_match_rooms_not_made_total{way=matchmaker,why=bounds}';
  const expected = Object.entries(VALUES)
    .flatMap(([name, tags]) => [...seriesOf(name, tags)])
    .filter((series) => series !== never);
  expect(Object.keys(counts).sort()).toEqual(expected.sort());
  expect(Object.values(counts).every((value) => value === 0)).toBe(true);
});

test('nothing that counts or times fails on a server whose metrics do', () => {
  expect(() => showCounters(nkWith())).not.toThrow();
});
