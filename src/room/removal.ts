import { forgetLinks } from './links.ts';
import { forgetPending } from './pending.ts';
import type { Room } from './room.ts';
import type { Seat } from './seat.ts';
import { without } from './seats.ts';

/** The room without them, without what waited for them or from them, and without what was said of their links. */
export function removeSeats(room: Room, gone: readonly Seat[], tick: number): Room {
  const seats = without(room.seats, gone);
  const isGone = (id: number) => gone.some((one) => one.id === id);
  return {
    ...room,
    seats,
    pending: forgetPending(room.pending, isGone),
    links: forgetLinks(room.links, isGone),
    emptySince: seats.length === 0 ? tick : room.emptySince,
  };
}
