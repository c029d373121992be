import type { PeerMethod } from '../protocol/content.ts';
import type { Member, Room, Rules } from './room.ts';

/**
 * What one sender has used up of his budgets; it drains with time. The size of a budget follows the number of
 * other players, so use is kept rather than what is left.
 */
export interface Use extends Spent {
  readonly sessionId: string;
  readonly tick: number;
}

type Spent = { readonly [budget in Budget]: number };

type Budget = 'descriptions' | 'candidates' | 'reports';

/** What is charged: a signal, or a report of a link. */
export type Charged = PeerMethod['kind'] | 'report';

const BUDGETS: { readonly [kind in Charged]: Budget } = {
  description: 'descriptions',
  reconnect: 'descriptions',
  candidate: 'candidates',
  report: 'reports',
};

/** A link that comes and goes as often as descriptions allow is told in fewer. */
const REPORT_BURST = 16;

/** The use after one more message, or null when the budget does not allow it. */
export function spend(rules: Rules, use: Use, kind: Charged, others: number, tick: number): Use | null {
  const sizes: Spent = {
    descriptions: rules.descriptionBurst * others,
    candidates: rules.candidateBurst * others,
    reports: REPORT_BURST * others,
  };
  const refilled = (tick - use.tick) / rules.refillTicks;
  const charged = BUDGETS[kind];
  const after = (budget: Budget) =>
    Math.max(0, use[budget] - sizes[budget] * refilled) + (budget === charged ? 1 : 0);
  if (after(charged) > sizes[charged]) return null;
  return {
    sessionId: use.sessionId,
    tick,
    descriptions: after('descriptions'),
    candidates: after('candidates'),
    reports: after('reports'),
  };
}

/** Everybody's use after one more message of one member, or null when his budget does not allow it. */
export function charge(
  room: Room,
  uses: readonly Use[],
  { sessionId }: Member,
  kind: Charged,
  tick: number,
): readonly Use[] | null {
  const index = uses.findIndex((use) => use.sessionId === sessionId);
  const before = uses[index] ?? { sessionId, tick, descriptions: 0, candidates: 0, reports: 0 };
  const others = Math.max(1, room.members.length - 1);
  const after = spend(room.rules, before, kind, others, tick);
  if (after === null) return null;
  return index < 0 ? [...uses, after] : uses.map((use, at) => (at === index ? after : use));
}
