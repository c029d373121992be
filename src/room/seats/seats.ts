import type { Room } from '../room.ts';
import { isIntroduced, isPlayer, type Seat } from './seat.ts';

/** The seat that a session sits on: the one place where the wire's names become the room's. */
export function seatOf(room: Room, sessionId: string): Seat | null {
  return room.seats.find((seat) => seat.sessionId === sessionId) ?? null;
}

/** The seat that the others mean by a session id, which may be one that it had before. */
export function seatMeant(room: Room, sessionId: string): Seat | null {
  const present = seatOf(room, sessionId);
  return present ?? room.seats.find(({ formerIds }) => formerIds.includes(sessionId)) ?? null;
}

/** The seats of those sessions that have one, in the order of the sessions. */
export function seatsOf(room: Room, sessionIds: readonly string[]): Seat[] {
  return sessionIds.map((sessionId) => seatOf(room, sessionId)).filter((seat) => seat !== null);
}

export function seatWith(room: Room, id: number): Seat | null {
  return room.seats.find((seat) => seat.id === id) ?? null;
}

/** Those of whom the others know, away or here, in the order of their join attempts. */
export function playersOf({ seats }: Room): readonly Seat[] {
  return seats.filter(isPlayer);
}

/** Those of them who know who is here, and can be told. */
export function playersHere({ seats }: Room): readonly Seat[] {
  return seats.filter(isIntroduced);
}

/**
 * The room with the seats that `update` gives anew; null means unchanged, and the very room comes back when all are:
 * an unchanged state costs nothing to hand back to Nakama.
 */
export function updateSeats(room: Room, update: (seat: Seat) => Seat | null): Room {
  const updates = room.seats.map(update);
  if (updates.every((updated) => updated === null)) return room;
  return { ...room, seats: room.seats.map((seat, index) => updates[index] ?? seat) };
}

export function updateSeat(room: Room, { id }: Seat, update: (seat: Seat) => Seat | null): Room {
  return updateSeats(room, (seat) => (seat.id === id ? update(seat) : null));
}

/** Records are told apart by session id only: Nakama hands out a new object for the same record each time. */
export function without<T extends { readonly sessionId: string }>(
  records: readonly T[],
  gone: readonly { readonly sessionId: string }[],
): T[] {
  return records.filter(({ sessionId }) => !gone.some((one) => one.sessionId === sessionId));
}
