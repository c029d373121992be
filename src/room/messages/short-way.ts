import { isAdoptedHost } from '../host/host.ts';
import { isLikeRelayed } from '../language.ts';
import type { Room } from '../room.ts';
import { isIntroduced, type Seat, type Session } from '../seats/seat.ts';
import { playersHere } from '../seats/seats.ts';
import type { RoomState } from '../step.ts';
import { isMuted, mutedIn, othersOf } from './budget.ts';
import { isStar } from './star.ts';

// Signals between players who are in need nothing of the room: whoever knows these can pass them on by themselves.

/** What must be known of a player to pass on signals to them, and from them. */
export interface Reach extends Session {
  /** In what they may signal; null where their first words must be heard by the room. */
  readonly speaks: 'json' | 'binary' | 'any' | null;
  /** How many others there are, which their budgets follow. */
  readonly others: number;
}

/** Everybody whom a signal reaches at once, and whose own signals are read. */
export function reachesOf(state: RoomState, tick: number): Reach[] {
  const { room } = state;
  if (!hasShortWay(room)) return [];
  const muted = mutedIn(state, tick);
  return playersHere(room)
    .filter(({ id }) => !muted.includes(id))
    .map((seat) => reachIn(room, seat));
}

/** Null for those to whom, or from whom, a signal must go through the room. */
export function reachOf(state: RoomState, seat: Seat, tick: number): Reach | null {
  const isReached = hasShortWay(state.room) && isIntroduced(seat) && !isMuted(state, seat, tick);
  return isReached ? reachIn(state.room, seat) : null;
}

/** In a star not everybody may signal everybody, and what is like a relayed match has none that are in. */
function hasShortWay(room: Room): boolean {
  return !isStar(room) && !isLikeRelayed(room);
}

function reachIn(room: Room, seat: Seat): Reach {
  const { sessionId, userId, username, node } = seat;
  return { sessionId, userId, username, node, speaks: speechOf(room, seat), others: othersOf(room) };
}

function speechOf(room: Room, seat: Seat): Reach['speaks'] {
  if (isAdoptedHost(room, seat)) return 'any';
  if (room.founding.kind === 'matched') return seat.dialect === null ? null : 'any';
  return room.language === 'C' ? 'binary' : 'json';
}
