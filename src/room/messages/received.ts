import type { Room } from '../room.ts';
import type { Change, RoomState } from '../step.ts';
import type { DropReason, Traffic } from './traffic.ts';

/** What becomes of a message. */
export interface Received extends RoomState, Change {
  /** Why it led to nothing; null where it led to something. */
  readonly dropped: DropReason | null;
}

export function drop({ room, traffic }: RoomState, reason: DropReason): Received {
  const dropped = { ...traffic.dropped, [reason]: (traffic.dropped[reason] ?? 0) + 1 };
  return { room, traffic: { ...traffic, dropped }, out: [], dropped: reason };
}

export function taken({ room, out }: Change, traffic: Traffic): Received {
  return { room, traffic, out, dropped: null };
}

/** One more message was passed on, or waits. */
export function relayed(traffic: Traffic): Traffic {
  return { ...traffic, relayed: traffic.relayed + 1 };
}

/** Without the budgets of those who have no seat any more. */
export function forgetUses(traffic: Traffic, { seats }: Room): Traffic {
  const ids = new Set(seats.map(({ id }) => id));
  const uses = traffic.uses.filter(({ seat }) => ids.has(seat));
  return uses.length === traffic.uses.length ? traffic : { ...traffic, uses };
}
