import { hasLostHost } from '../host/host.ts';
import { isDeserted, isLikeRelayed } from '../language.ts';
import type { Room } from '../room.ts';
import { isCreatorAwaited } from './creator.ts';
import { keptSeatsOf } from './passes.ts';

/**
 * A relayed match has no bound, but a room must survive that all of them come and go in one moment: their joins and
 * leaves wait in the match's call queue, which by default takes 128, and Nakama closes a match that has more.
 */
const RELAYED_SEATS = 60;

/** How many seats the room has for all. */
export function capacityOf(room: Room): number {
  return isLikeRelayed(room) ? RELAYED_SEATS : room.rules.maxPlayers;
}

/** Seats that nobody has taken or reserved, whether or not the room is open. */
export function freeSeatsOf(room: Room): number {
  return capacityOf(room) - room.seats.length - keptSeatsOf(room) - (isCreatorAwaited(room) ? 1 : 0);
}

/** Seats that anybody can have now. */
export function openSeatsOf(room: Room): number {
  if (!isOpen(room) || room.founding.kind === 'matched') return 0;
  return Math.max(0, Math.min(freeSeatsOf(room), room.rules.maxPlayers - room.seats.length));
}

export function isOpen(room: Room): boolean {
  return room.sealedBy === null && !hasLostHost(room) && !isDeserted(room);
}
