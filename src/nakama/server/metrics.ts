import type { RefusalCode } from '../../protocol/refusal.ts';
import type { PasswordCheck } from '../../room/door/password.ts';
import type { Founding } from '../../room/founding.ts';
import type { DropReason } from '../../room/messages/traffic.ts';
import type { MetricPhase } from '../../room/phase.ts';
import type { Signal } from './signals.ts';

/**
 * The counters, each with its tags. Nakama puts `nakama_custom_` before a name and turns the dashes of a tag
 * into underscores. A tag is one of a few words that are known beforehand; nobody's id, name or version is one.
 */
export interface Counters {
  /** Matches that a callback went wrong in; the log says how. */
  readonly online_match_failures_total: Tags;
  readonly online_match_rooms_made_total: Tags<'founding', Founding['kind']>;
  /** Rooms that were not made, so that the players got a relayed match: "bounds": one player asked for too many. */
  readonly online_match_rooms_not_made_total: Tags<'way', 'create_match' | 'matchmaker'> &
    Tags<'why', 'bounds' | 'failure'>;
  /** Rooms that came into a phase, and that went out of it: the difference is how many are in it. */
  readonly online_match_rooms_entered_total: Tags<'phase', MetricPhase>;
  readonly online_match_rooms_left_total: Tags<'phase', MetricPhase>;
  /** Join attempts that got a seat. */
  readonly online_match_admissions_total: Tags;
  /** Seats that were kept when their sockets were lost, and those of them that somebody came back to. */
  readonly online_match_seats_kept_total: Tags;
  readonly online_match_seats_resumed_total: Tags;
  /** Times that a host's office passed on. */
  readonly online_match_host_changes_total: Tags;
  /** "join": of a join attempt, or by a 9003 to somebody who is in; "request": of an RPC, a ticket, a create_match. */
  readonly online_match_refusals_total: Tags<'kind', 'join' | 'request'> & Tags<'code', RefusalCode>;
  /** Codes that somebody named to find or to join a room; "refused": they had too many wrong ones. */
  readonly online_match_codes_total: Tags<'outcome', 'found' | 'unknown' | 'refused'>;
  /** Pages of public rooms that were answered; "remembered": as within the last second to the same question. */
  readonly online_match_listings_total: Tags<'answer', 'looked-up' | 'remembered'>;
  /** Passwords named at a room that has one; "barred" was not looked at, after too many wrong ones. */
  readonly online_match_passwords_total: Tags<'outcome', PasswordCheck>;
  /** Users whom a host, or the backend, sent away. */
  readonly online_match_kicks_total: Tags<'kind', 'kick' | 'ban'>;
  readonly online_match_invitations_total: Tags<'outcome', 'sent' | 'not-sent'>;
  /** What quick play came to. */
  readonly online_match_quick_play_total: Tags<'outcome', 'joined' | 'created'>;
  /** Messages passed on, or kept until their target is in; in a plain room one for each who gets it. */
  readonly online_match_messages_relayed_total: Tags;
  /** Frames of players' data that went through this server, and their bytes. */
  readonly online_match_fallback_messages_total: Tags;
  readonly online_match_fallback_bytes_total: Tags;
  /** Times that somebody was told to wait with theirs. */
  readonly online_match_fallback_slow_downs_total: Tags;
  /** "match-stuck": a full signal queue did not drain while the hook waited. */
  readonly online_match_messages_dropped_total: Tags<'reason', DropReason | 'match-stuck'>;
  /** Signals that had to wait since the match's signal queue was full; a client's message is one of "data". */
  readonly online_match_signals_waited_total: Tags<'signal', Signal['type']>;
}

/** The timers; Prometheus has them as summaries in seconds. */
export interface Timers {
  /** From the first join to the moment when all who are to play are confirmed, once for each room. */
  readonly online_match_gathering_seconds: Tags<'founding', Founding['kind']>;
}

type Tags<Key extends string = never, Value extends string = string> = { readonly [key in Key]: Value };

/** A count that fails is lost: nothing else shall fail for it, and a throw would end a match. */
export function count<Name extends keyof Counters>(
  nk: nkruntime.Nakama,
  name: Name,
  tags: Counters[Name],
  delta = 1,
): void {
  try {
    nk.metricsCounterAdd(name, tags, delta);
  } catch {}
}

export function time<Name extends keyof Timers>(
  nk: nkruntime.Nakama,
  name: Name,
  tags: Timers[Name],
  ms: number,
): void {
  try {
    nk.metricsTimerRecord(name, tags, ms * NANOSECONDS_PER_MS);
  } catch {}
}

const NANOSECONDS_PER_MS = 1_000_000;
