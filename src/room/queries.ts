import { awaitsHost, hasLostHost } from './host.ts';
import { isDeserted, isLikeRelayed } from './language.ts';
import type { Room } from './room.ts';
import { isConfirmed, type Seat } from './seat.ts';

/**
 * The version that a joiner must have; null while nobody has named one who decides: an adopted room's host, the
 * creator where there is one, else whoever came first.
 */
export function versionOf(room: Room): string | null {
  if (room.version !== null || room.founding.kind === 'adopted') return room.version;
  if (room.founding.kind === 'created') return creatorOf(room)?.version ?? null;
  return room.seats.find(({ version }) => version !== null)?.version ?? null;
}

export function isCreator(room: Room, who: { readonly userId: string; readonly sessionId: string }): boolean {
  if (room.founding.kind !== 'created') return false;
  const { userId, sessionId } = room.founding.creator;
  return sessionId === null ? userId === who.userId : sessionId === who.sessionId;
}

/** The creator's seat, from their join attempt on; a second socket of the same user is not them. */
export function creatorOf(room: Room): Seat | null {
  return room.seats.find((seat) => isCreator(room, seat)) ?? null;
}

/** Whether the creator's seat is kept for them: they have not come yet and are still waited for. */
export function isCreatorAwaited(room: Room): boolean {
  return room.founding.kind === 'created' && awaitsHost(room) && creatorOf(room) === null;
}

/**
 * A relayed match has no bound, but a room must survive that all of them go at once: their leaves wait in the
 * match's call queue, which by default takes 128.
 */
const RELAYED_SEATS = 100;

/** How many seats the room has for all. */
export function capacityOf(room: Room): number {
  return isLikeRelayed(room) ? RELAYED_SEATS : room.rules.maxPlayers;
}

/** Seats that nobody has taken or reserved, whether or not the room is open. */
export function freeSeatsOf(room: Room): number {
  return capacityOf(room) - room.seats.length - (isCreatorAwaited(room) ? 1 : 0);
}

/** Seats that anybody can have now. */
export function openSeatsOf(room: Room): number {
  if (!isOpen(room) || room.founding.kind === 'matched') return 0;
  return Math.max(0, Math.min(freeSeatsOf(room), room.rules.maxPlayers - room.seats.length));
}

export function isOpen(room: Room): boolean {
  return room.sealedBy === null && !hasLostHost(room) && !isDeserted(room);
}

/** Whether all who are to play are in for sure: those whom the matchmaker put together, else all who came, and enough of them. */
export function areAllConfirmed({ founding, seats, rules }: Room): boolean {
  if (!seats.every(isConfirmed)) return false;
  if (founding.kind !== 'matched') return seats.length >= rules.minPlayers;
  const { invitations } = founding;
  return invitations.length > 0 && invitations.length === seats.length;
}
