import type { PeerMethod } from '../protocol/peer-method.ts';
import type { Member, Room, Rules } from './room.ts';

/**
 * What one sender has used up of their budgets; it drains with time. The size of a budget follows the number of
 * other players, so use is kept rather than what is left.
 */
export interface Use extends Spent {
  readonly sessionId: string;
  readonly tick: number;
}

type Spent = { readonly [budget in Budget]: number };

type Budget = 'descriptions' | 'candidates' | 'reports' | 'words' | 'readings' | 'rejects';

/**
 * What is charged: a signal, a report of a link, a word of an addon's host, a look at whether
 * a host speaks as the addon does, or what leads to nothing.
 */
export type Charged = PeerMethod['kind'] | 'report' | 'word' | 'reading' | 'reject';

const BUDGETS: { readonly [kind in Charged]: Budget } = {
  description: 'descriptions',
  reconnect: 'descriptions',
  candidate: 'candidates',
  report: 'reports',
  word: 'words',
  reading: 'readings',
  reject: 'rejects',
};

/** A link that comes and goes as often as descriptions allow is told in fewer. */
const REPORT_BURST = 16;

/** A host says who is in each time somebody comes: several times as often as there are seats. */
const WORDS_PER_SEAT = 4;

const READING_BURST = 32;

/**
 * Honest clients come near it only when many leave whom they were just signalling to. Whoever has used it up
 * is not read any more until it has drained.
 */
const REJECT_BURST = 256;

/** The use after one more message, or null when the budget does not allow it. */
export function spend(rules: Rules, use: Use, kind: Charged, others: number, tick: number): Use | null {
  const sizes: Spent = {
    descriptions: rules.descriptionBurst * others,
    candidates: rules.candidateBurst * others,
    reports: REPORT_BURST * others,
    words: WORDS_PER_SEAT * rules.maxPlayers,
    readings: READING_BURST,
    rejects: REJECT_BURST,
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
    words: after('words'),
    readings: after('readings'),
    rejects: after('rejects'),
  };
}

const UNUSED: Spent = { descriptions: 0, candidates: 0, reports: 0, words: 0, readings: 0, rejects: 0 };

/** Whether a member has sent so much that led to nothing that nothing more of theirs is read. */
export function isMuted({ rules }: Room, uses: readonly Use[], { sessionId }: Member, tick: number): boolean {
  const use = uses.find((one) => one.sessionId === sessionId);
  return use !== undefined && use.rejects > 0 && spend(rules, use, 'reject', 1, tick) === null;
}

/** Everybody's use after one more message of one member, or null when their budget does not allow it. */
export function charge(
  room: Room,
  uses: readonly Use[],
  { sessionId }: Member,
  kind: Charged,
  tick: number,
): readonly Use[] | null {
  const index = uses.findIndex((use) => use.sessionId === sessionId);
  const before = uses[index] ?? { ...UNUSED, sessionId, tick };
  const others = Math.max(1, room.members.length - 1);
  const after = spend(room.rules, before, kind, others, tick);
  if (after === null) return null;
  return index < 0 ? [...uses, after] : uses.map((use, at) => (at === index ? after : use));
}
