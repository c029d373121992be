import type { Room } from './room.ts';
import type { Seat } from './seat.ts';

/** The seat that a session sits on: the one place where the wire's names become the room's. */
export function seatOf(room: Room, sessionId: string): Seat | null {
  return room.seats.find((seat) => seat.sessionId === sessionId) ?? null;
}

/** The seats of those sessions that have one. */
export function seatsOf(room: Room, sessionIds: readonly string[]): Seat[] {
  return room.seats.filter(({ sessionId }) => sessionIds.includes(sessionId));
}

export function seatWith(room: Room, id: number): Seat | null {
  return room.seats.find((seat) => seat.id === id) ?? null;
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

/** The room without them, without what waited for them or from them, and without what was said of their links. */
export function removeSeats(room: Room, gone: readonly Seat[], tick: number): Room {
  const seats = without(room.seats, gone);
  const isGone = (id: number) => gone.some((one) => one.id === id);
  return {
    ...room,
    seats,
    pending: room.pending.filter(({ from, to }) => !isGone(from) && !isGone(to)),
    links: room.links.filter(({ from, peer }) => !isGone(from) && !isGone(peer)),
    emptySince: seats.length === 0 ? tick : room.emptySince,
  };
}

/** Records are told apart by session id only: Nakama hands out a new object for the same record each time. */
export function without<T extends { readonly sessionId: string }>(
  records: readonly T[],
  gone: readonly { readonly sessionId: string }[],
): T[] {
  return records.filter(({ sessionId }) => !gone.some((one) => one.sessionId === sessionId));
}
