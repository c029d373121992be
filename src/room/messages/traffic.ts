import type { Utterance } from '../../protocol/dialects/dialect.ts';

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
  /** What the sender asked Nakama for; it is told to whom it is passed on, and a signal always is. */
  readonly reliable: boolean;
  readonly payload: string;
  /** Of what was said; -1 of nothing. */
  readonly firstByte: () => number;
  /** How long this server has too much to pass on; 0 when it takes a frame of this length, which is then charged. */
  readonly msUntilNodePasses: (bytesPerSec: number) => number;
}

/** No report of a link and no request to be let in is longer. */
export const MAX_SMALL_BYTES = 1024;

/** What one sender has used up of their budgets, at a tick; it drains with time. */
export interface Use extends Spent {
  readonly seat: number;
  readonly tick: number;
}

export type Spent = { readonly [budget in Budget]: number };

export type Budget =
  | 'descriptions'
  | 'candidates'
  | 'reports'
  | 'statuses'
  | 'checkpoints'
  | 'frames'
  | 'frameBytes'
  | 'slowDowns'
  | 'words'
  | 'readings'
  | 'rejects';

/** What changes with every message, apart from the room: relaying leaves the room as it is. */
export interface Traffic {
  readonly uses: readonly Use[];
  readonly relayed: number;
  /** Frames that went through the server, their bytes, and how often somebody was told to wait with theirs. */
  readonly frames: number;
  readonly frameBytes: number;
  readonly slowDowns: number;
  readonly dropped: { readonly [reason in DropReason]?: number };
}

/** Why a message leads to nothing. */
export const DROP_REASONS = [
  /** Too much waits for its target already. */
  'held-full',
  /** An adopted room's host contradicts themselves. */
  'inconsistent',
  /** Empty, unreadable, or in another language than the room's. */
  'malformed',
  'no-such-target',
  'not-a-member',
  'over-budget',
  'oversized',
  'self-target',
  /** Nobody may say this, or not this sender. */
  'unknown-opcode',
] as const;

export type DropReason = (typeof DROP_REASONS)[number];

export const NO_TRAFFIC: Traffic = {
  uses: [],
  relayed: 0,
  frames: 0,
  frameBytes: 0,
  slowDowns: 0,
  dropped: {},
};
