import type { Utterance } from '../protocol/dialects/dialect.ts';
import type { Use } from './budget.ts';
import { memberOf } from './queries.ts';
import type { Room, Step } from './room.ts';

/** A message as it came in; `payload` is opaque here and goes out as it came. */
export interface Message {
  /** Session id of the sender. */
  readonly from: string;
  readonly opCode: number;
  readonly bytes: number;
  /** Whether it begins as JSON does; no message of the binary dialect C does. */
  readonly isJson: boolean;
  /** What it says; null when it is nothing that the addon says. Costly: only for a sender who may say it. */
  readonly read: () => Utterance | null;
  /** Session ids that the sender picked, or null for everybody. Heeded where data is passed on as in a relayed match. */
  readonly recipients: readonly string[] | null;
  readonly payload: string;
}

/** What changes with every message, apart from the room: relaying leaves the room as it is. */
export interface Traffic {
  readonly uses: readonly Use[];
  readonly relayed: number;
  readonly dropped: { readonly [reason in DropReason]?: number };
}

export type DropReason =
  | 'held-full'
  | 'inconsistent'
  | 'malformed'
  | 'no-such-target'
  | 'not-a-member'
  | 'over-budget'
  | 'oversized'
  | 'self-target'
  | 'unknown-opcode';

export interface TrafficStep extends Step {
  readonly traffic: Traffic;
  /** Why the message led to nothing, where it did. */
  readonly dropped?: DropReason;
}

export const NO_TRAFFIC: Traffic = { uses: [], relayed: 0, dropped: {} };

export function drop(room: Room, traffic: Traffic, reason: DropReason): TrafficStep {
  const dropped = { ...traffic.dropped, [reason]: (traffic.dropped[reason] ?? 0) + 1 };
  return { room, traffic: { ...traffic, dropped }, out: [], dropped: reason };
}

/** Forgets the budgets of those who are no longer in the room. */
export function forgetUses(traffic: Traffic, room: Room): Traffic {
  const uses = traffic.uses.filter(({ sessionId }) => memberOf(room, sessionId) !== null);
  return uses.length === traffic.uses.length ? traffic : { ...traffic, uses };
}
