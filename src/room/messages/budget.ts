// Token buckets, filled the other way round: how much of a bucket was used is kept rather than what is left, since its
// size follows the number of other players.

import type { PeerMethod } from '../../protocol/peer-method.ts';
import { type Room, type Rules, TICKS_PER_SECOND } from '../room.ts';
import type { Seat } from '../seats/seat.ts';
import type { RoomState } from '../step.ts';
import type { Budget, Spent, Use } from './traffic.ts';

/**
 * What is charged: a signal, a report of a link, what a player says of themselves, a host's checkpoint, a frame through the
 * server, its bytes, or the word that it was too much; a word of an addon's host, a look at whether a host speaks as the
 * addon does, or what leads to nothing.
 */
export type Charged =
  | PeerMethod['kind']
  | 'report'
  | 'status'
  | 'checkpoint'
  | 'frame'
  | 'frame-bytes'
  | 'slow-down'
  | 'word'
  | 'reading'
  | 'reject';

const BUDGETS: { readonly [kind in Charged]: Budget } = {
  description: 'descriptions',
  reconnect: 'descriptions',
  candidate: 'candidates',
  report: 'reports',
  status: 'statuses',
  checkpoint: 'checkpoints',
  frame: 'frames',
  'frame-bytes': 'frameBytes',
  'slow-down': 'slowDowns',
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

/** So many seconds' worth of frames may come at once. */
export const BURST_SEC = 2;

/** Whoever heeds them needs few. */
const SLOW_DOWN_BURST = 16;

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
  const passed = tick - use.tick;
  const charged = BUDGETS[kind];
  const sizes = sizesOf(rules, others);
  const after = (budget: Budget) =>
    Math.max(0, use[budget] - (sizes[budget] * passed) / ticksOf(rules, budget)) +
    (budget === charged ? amount : 0);
  if (after(charged) > sizes[charged]) return null;
  return {
    seat: use.seat,
    tick,
    descriptions: after('descriptions'),
    candidates: after('candidates'),
    reports: after('reports'),
    statuses: after('statuses'),
    checkpoints: after('checkpoints'),
    frames: after('frames'),
    frameBytes: after('frameBytes'),
    slowDowns: after('slowDowns'),
    words: after('words'),
    readings: after('readings'),
    rejects: after('rejects'),
  };
}

function sizesOf(rules: Rules, others: number): Spent {
  return {
    descriptions: rules.descriptionBurst * others,
    candidates: rules.candidateBurst * others,
    reports: REPORT_BURST * others,
    statuses: STATUS_BURST,
    checkpoints: CHECKPOINT_BURST,
    frames: BURST_SEC * rules.fallbackMessagesPerSec,
    frameBytes: BURST_SEC * rules.fallbackBytesPerSec,
    slowDowns: SLOW_DOWN_BURST,
    words: WORDS_PER_SEAT * rules.maxPlayers,
    readings: READING_BURST,
    rejects: rules.rejectBurst,
  };
}

/** In which time one that was used up is full again. */
function ticksOf(rules: Rules, budget: Budget): number {
  switch (budget) {
    case 'checkpoints':
      return CHECKPOINT_BURST * TICKS_PER_SECOND;
    case 'frames':
    case 'frameBytes':
      return BURST_SEC * TICKS_PER_SECOND;
    default:
      return rules.refillTicks;
  }
}

/** How long until a frame of so many bytes may pass. */
export function msUntilFree({ room, traffic }: RoomState, { id }: Seat, bytes: number, tick: number): number {
  const { fallbackBytesPerSec, fallbackMessagesPerSec } = room.rules;
  const use = traffic.uses.find(({ seat }) => seat === id);
  if (use === undefined) return 0;
  const passed = (tick - use.tick) / TICKS_PER_SECOND;
  const wait = (used: number, perSec: number) => (used - BURST_SEC * perSec) / perSec - passed;
  const sec = Math.max(
    wait(use.frames + 1, fallbackMessagesPerSec),
    wait(use.frameBytes + bytes, fallbackBytesPerSec),
  );
  return Math.max(0, sec * 1000);
}

/** Whether somebody has sent so much that led to nothing that nothing more of theirs is read. */
export function isMuted({ room, traffic }: RoomState, { id }: Seat, tick: number): boolean {
  const use = traffic.uses.find(({ seat }) => seat === id);
  return use !== undefined && isUsedUp(room, use, tick);
}

/** The numbers of all seats of whom that is so. */
export function mutedIn({ room, traffic }: RoomState, tick: number): readonly number[] {
  return traffic.uses.filter((use) => isUsedUp(room, use, tick)).map(({ seat }) => seat);
}

function isUsedUp({ rules }: Room, use: Use, tick: number): boolean {
  return use.rejects > 0 && spend(rules, use, 'reject', 1, tick) === null;
}

const UNUSED: Spent = {
  descriptions: 0,
  candidates: 0,
  reports: 0,
  statuses: 0,
  checkpoints: 0,
  frames: 0,
  frameBytes: 0,
  slowDowns: 0,
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

/** How many other players somebody may have to signal. */
export function othersOf({ seats }: Room): number {
  return Math.max(1, seats.length - 1);
}
