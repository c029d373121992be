import { awaitsHost } from '../host/host.ts';
import type { Room } from '../room.ts';
import type { Seat } from '../seats/seat.ts';

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
