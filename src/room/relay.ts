import { OpCode } from '../protocol/opcodes.ts';
import type { PeerMethod } from '../protocol/peer-method.ts';
import { spend, type Use } from './budget.ts';
import { canHold, hold } from './held.ts';
import { hear } from './presence.ts';
import { isIntroduced, memberOf } from './queries.ts';
import { type Member, type Room, type Step, without } from './room.ts';

/** What changes with every message, apart from the room: relaying leaves the room as it is. */
export interface Traffic {
  readonly uses: readonly Use[];
  readonly relayed: number;
  readonly dropped: { readonly [reason in DropReason]?: number };
}

export type DropReason =
  | 'held-full'
  | 'malformed'
  | 'no-such-target'
  | 'not-a-member'
  | 'over-budget'
  | 'oversized'
  | 'self-target'
  | 'unknown-opcode';

/** A message as it came in; `payload` is opaque here and goes out as it came. */
export interface Message {
  /** Session id of the sender. */
  readonly from: string;
  readonly opCode: number;
  readonly bytes: number;
  /** Null when it could not be read, or was too large to look at. */
  readonly method: PeerMethod | null;
  readonly payload: string;
}

export interface RelayStep extends Step {
  readonly traffic: Traffic;
}

export const NO_TRAFFIC: Traffic = { uses: [], relayed: 0, dropped: {} };

/** Sends a message on to its one target, keeps it until both can be told, or drops it and counts that. */
export function receive(room: Room, traffic: Traffic, message: Message, tick: number): RelayStep {
  const heard = hear(room, message.from, tick);
  const relayed = relay(heard.room, traffic, message, tick);
  return heard.out.length === 0 ? relayed : { ...relayed, out: [...heard.out, ...relayed.out] };
}

function relay(room: Room, traffic: Traffic, message: Message, tick: number): RelayStep {
  const verdict = examine(room, message);
  if (typeof verdict === 'string') return drop(room, traffic, verdict);
  const { from, to, kind } = verdict;

  const use = traffic.uses.find(({ sessionId }) => sessionId === from.sessionId) ?? noUse(from, tick);
  const spent = spend(room.rules, use, kind, Math.max(1, room.members.length - 1), tick);
  if (spent === null) return drop(room, traffic, 'over-budget');

  const isDue = isIntroduced(from) && isIntroduced(to);
  if (!isDue && !canHold(room, to.sessionId)) return drop(room, traffic, 'held-full');

  const uses = [...without(traffic.uses, [from]), spent];
  const counted: Traffic = { ...traffic, uses, relayed: traffic.relayed + 1 };
  if (isDue) {
    return { room, traffic: counted, out: [{ type: 'peer-method', to, from, payload: message.payload }] };
  }
  const held = { from: from.sessionId, to: to.sessionId, payload: message.payload };
  return { room: hold(room, held), traffic: counted, out: [] };
}

/** Who sends what to whom, or why the message goes nowhere. */
function examine(
  room: Room,
  message: Message,
): { readonly from: Member; readonly to: Member; readonly kind: PeerMethod['kind'] } | DropReason {
  const from = memberOf(room, message.from);
  if (from === null) return 'not-a-member';
  if (message.opCode !== OpCode.WEBRTC_PEER_METHOD) return 'unknown-opcode';
  if (message.bytes > room.rules.maxMessageBytes) return 'oversized';
  if (message.method === null) return 'malformed';
  if (message.method.target === message.from) return 'self-target';
  const to = memberOf(room, message.method.target);
  return to === null ? 'no-such-target' : { from, to, kind: message.method.kind };
}

function drop(room: Room, traffic: Traffic, reason: DropReason): RelayStep {
  const dropped = { ...traffic.dropped, [reason]: (traffic.dropped[reason] ?? 0) + 1 };
  return { room, traffic: { ...traffic, dropped }, out: [] };
}

function noUse({ sessionId }: Member, tick: number): Use {
  return { sessionId, tick, descriptions: 0, candidates: 0 };
}

/** Forgets the budgets of those who are no longer in the room. */
export function forgetUses(traffic: Traffic, room: Room): Traffic {
  const uses = traffic.uses.filter(({ sessionId }) => memberOf(room, sessionId) !== null);
  return uses.length === traffic.uses.length ? traffic : { ...traffic, uses };
}
