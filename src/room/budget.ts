import type { PeerMethod } from '../protocol/content.ts';
import { type Member, type Room, type Rules, without } from './room.ts';

/**
 * What one sender has used up of his two budgets; it drains with time. The size of a budget follows the
 * number of other players, so use is kept rather than what is left.
 */
export interface Use {
  readonly sessionId: string;
  readonly tick: number;
  readonly descriptions: number;
  readonly candidates: number;
}

/** The use after one more message, or null when the budget does not allow it. */
export function spend(
  rules: Rules,
  use: Use,
  kind: PeerMethod['kind'],
  others: number,
  tick: number,
): Use | null {
  const maxDescriptions = rules.descriptionBurst * others;
  const maxCandidates = rules.candidateBurst * others;
  const refilled = (tick - use.tick) / rules.refillTicks;
  const isCandidate = kind === 'candidate';
  const descriptions = Math.max(0, use.descriptions - maxDescriptions * refilled) + (isCandidate ? 0 : 1);
  const candidates = Math.max(0, use.candidates - maxCandidates * refilled) + (isCandidate ? 1 : 0);
  const isAllowed = isCandidate ? candidates <= maxCandidates : descriptions <= maxDescriptions;
  return isAllowed ? { sessionId: use.sessionId, tick, descriptions, candidates } : null;
}

/** Everybody's use after one more message of one member, or null when his budget does not allow it. */
export function charge(
  room: Room,
  uses: readonly Use[],
  { sessionId }: Member,
  kind: PeerMethod['kind'],
  tick: number,
): readonly Use[] | null {
  const before = uses.find((use) => use.sessionId === sessionId) ?? {
    sessionId,
    tick,
    descriptions: 0,
    candidates: 0,
  };
  const others = Math.max(1, room.members.length - 1);
  const after = spend(room.rules, before, kind, others, tick);
  return after === null ? null : [...without(uses, [before]), after];
}
