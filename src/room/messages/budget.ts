// Token buckets, filled the other way round: how much of a bucket was used is kept rather than what is left, since its
// size follows the number of other players.

import type { PeerMethod } from '../../protocol/peer-method.ts';
import { type Room, type Rules, TICKS_PER_SECOND } from '../room.ts';
import type { Seat } from '../seats/seat.ts';
import type { RoomState } from '../step.ts';
import type { Budget, Spent, Use } from './traffic.ts';

/**
 * What is charged: a signal, a report of a link, what a player says of themselves, a host's checkpoint, a word of an
 * addon's host, a look at whether a host speaks as the addon does, or what leads to nothing.
 */
export type Charged = PeerMethod['kind'] | 'report' | 'status' | 'checkpoint' | 'word' | 'reading' | 'reject';

const BUDGETS: { readonly [kind in Charged]: Budget } = {
  description: 'descriptions',
  reconnect: 'descriptions',
  candidate: 'candidates',
  report: 'reports',
  status: 'statuses',
  checkpoint: 'checkpoints',
  word: 'words',
  reading: 'readings',
  reject: 'rejects',
};

/** A link that comes and goes as often as descriptions allow is told in fewer. */
const REPORT_BURST = 16;

/** A game goes to the background and comes back, and says so each time. */
const STATUS_BURST = 32;

/** So many at once, and after that one a second. */
const CHECKPOINT_BURST = 4;

/** A host says who is in each time somebody comes: several times as often as there are seats. */
const WORDS_PER_SEAT = 4;

const READING_BURST = 32;

/** The use after one more message, or what costs as much as several, or null when the budget does not allow it. */
export function spend(
  rules: Rules,
  use: Use,
  kind: Charged,
  others: number,
  tick: number,
  amount = 1,
): Use | null {
  const sizes: Spent = {
    descriptions: rules.descriptionBurst * others,
    candidates: rules.candidateBurst * others,
    reports: REPORT_BURST * others,
    statuses: STATUS_BURST,
    checkpoints: CHECKPOINT_BURST,
    words: WORDS_PER_SEAT * rules.maxPlayers,
    readings: READING_BURST,
    rejects: rules.rejectBurst,
  };
  const passed = tick - use.tick;
  const charged = BUDGETS[kind];
  const after = (budget: Budget) => {
    const ticks = budget === 'checkpoints' ? CHECKPOINT_BURST * TICKS_PER_SECOND : rules.refillTicks;
    return Math.max(0, use[budget] - (sizes[budget] * passed) / ticks) + (budget === charged ? amount : 0);
  };
  if (after(charged) > sizes[charged]) return null;
  return {
    seat: use.seat,
    tick,
    descriptions: after('descriptions'),
    candidates: after('candidates'),
    reports: after('reports'),
    statuses: after('statuses'),
    checkpoints: after('checkpoints'),
    words: after('words'),
    readings: after('readings'),
    rejects: after('rejects'),
  };
}

/** Whether somebody has sent so much that led to nothing that nothing more of theirs is read. */
export function isMuted({ room, traffic }: RoomState, { id }: Seat, tick: number): boolean {
  const use = traffic.uses.find(({ seat }) => seat === id);
  return use !== undefined && use.rejects > 0 && spend(room.rules, use, 'reject', 1, tick) === null;
}

const UNUSED: Spent = {
  descriptions: 0,
  candidates: 0,
  reports: 0,
  statuses: 0,
  checkpoints: 0,
  words: 0,
  readings: 0,
  rejects: 0,
};

/** The state after one more message of somebody was charged, or null when their budget does not allow it. */
export function charge(
  state: RoomState,
  { id }: Seat,
  kind: Charged,
  tick: number,
  amount = 1,
): RoomState | null {
  const { room, traffic } = state;
  const index = traffic.uses.findIndex(({ seat }) => seat === id);
  const before = traffic.uses[index] ?? { ...UNUSED, seat: id, tick };
  const after = spend(room.rules, before, kind, othersOf(room), tick, amount);
  if (after === null) return null;
  const uses =
    index < 0 ? [...traffic.uses, after] : traffic.uses.map((use, at) => (at === index ? after : use));
  return { room, traffic: { ...traffic, uses } };
}

function othersOf({ seats }: Room): number {
  return Math.max(1, seats.length - 1);
}
