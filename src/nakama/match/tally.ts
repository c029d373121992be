import type { DropReason, Traffic } from '../../room/messages/traffic.ts';
import { areAllConfirmed, metricPhaseOf } from '../../room/phase.ts';
import type { Room } from '../../room/room.ts';
import { hasJoined, isAway } from '../../room/seats/seat.ts';
import { count, time } from '../server/metrics.ts';

/** What a match remembers for its metrics. */
export interface Tally {
  /** The traffic's counts at the last report; null when there is nothing new to report. */
  readonly reported: Counts | null;
  /** Milliseconds since 1970; 0 while nobody has joined. */
  readonly firstJoinAt: number;
  /** Whether once all who are to play were confirmed. */
  readonly gathered: boolean;
  /** What is counted already of what went the short way. */
  readonly passed: readonly Noticed[];
}

/** What a sender had passed on the short way; the counts only rise. */
export interface Noticed {
  readonly sessionId: string;
  readonly relayed: number;
  readonly overBudget: number;
}

type Counts = Pick<Traffic, 'relayed' | 'frames' | 'frameBytes' | 'slowDowns' | 'dropped'>;

export const NO_TALLY: Tally = { reported: null, firstJoinAt: 0, gathered: false, passed: [] };

export function countMade(nk: nkruntime.Nakama, room: Room): void {
  count(nk, 'online_match_rooms_made_total', { founding: room.founding.kind });
  count(nk, 'online_match_rooms_entered_total', { phase: metricPhaseOf(room) });
}

/** The room is another than before. */
export function countChange(nk: nkruntime.Nakama, before: Room, after: Room, tally: Tally): Tally {
  const [left, entered] = [metricPhaseOf(before), metricPhaseOf(after)];
  if (left !== entered) {
    count(nk, 'online_match_rooms_left_total', { phase: left });
    count(nk, 'online_match_rooms_entered_total', { phase: entered });
  }
  countSeats(nk, before, after);
  if ((after.host?.term ?? 1) > (before.host?.term ?? 1)) count(nk, 'online_match_host_changes_total', {});
  return tally.gathered ? tally : timeGathering(nk, after, tally);
}

function countSeats(nk: nkruntime.Nakama, before: Room, after: Room): void {
  // Read once: every look into a stored room costs anew, and a room changes often.
  const wereAway = new Set(before.seats.filter(({ away }) => away !== null).map(({ id }) => id));
  const kept = after.seats.filter((seat) => isAway(seat) && !wereAway.has(seat.id)).length;
  const resumed = after.seats.filter((seat) => seat.away === null && wereAway.has(seat.id)).length;
  if (kept > 0) count(nk, 'online_match_seats_kept_total', {}, kept);
  if (resumed > 0) count(nk, 'online_match_seats_resumed_total', {}, resumed);
}

function timeGathering(nk: nkruntime.Nakama, room: Room, tally: Tally): Tally {
  const hasBegun = tally.firstJoinAt > 0 || room.seats.some(hasJoined);
  if (!hasBegun) return tally;
  const now = Date.now();
  const firstJoinAt = tally.firstJoinAt || now;
  const gathered = areAllConfirmed(room);
  if (gathered) {
    time(nk, 'online_match_gathering_seconds', { founding: room.founding.kind }, now - firstJoinAt);
  }
  return { ...tally, firstJoinAt, gathered };
}

const PLAIN_COUNTS = [
  ['relayed', 'online_match_messages_relayed_total'],
  ['frames', 'online_match_fallback_messages_total'],
  ['frameBytes', 'online_match_fallback_bytes_total'],
  ['slowDowns', 'online_match_fallback_slow_downs_total'],
] as const;

/** Before a message is counted in the traffic; a call into Nakama for each would cost too much. */
export function noteTraffic(tally: Tally, traffic: Traffic): Tally {
  if (tally.reported !== null) return tally;
  const { relayed, frames, frameBytes, slowDowns, dropped } = traffic;
  return { ...tally, reported: { relayed, frames, frameBytes, slowDowns, dropped } };
}

/** On the tick: what came since the last one. */
export function countTraffic(nk: nkruntime.Nakama, traffic: Traffic, tally: Tally): Tally {
  const { reported } = tally;
  if (reported === null) return tally;
  const { dropped } = traffic;
  for (const [what, name] of PLAIN_COUNTS) {
    const news = traffic[what] - reported[what];
    if (news > 0) count(nk, name, {}, news);
  }
  for (const reason of Object.keys(dropped) as DropReason[]) {
    const newlyDropped = (dropped[reason] ?? 0) - (reported.dropped[reason] ?? 0);
    if (newlyDropped > 0) count(nk, 'online_match_messages_dropped_total', { reason }, newlyDropped);
  }
  return { ...tally, reported: null };
}

export function countOver(nk: nkruntime.Nakama, room: Room): void {
  count(nk, 'online_match_rooms_left_total', { phase: metricPhaseOf(room) });
}
