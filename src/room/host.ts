import { isLikeRelayed } from './language.ts';
import type { Room } from './room.ts';
import type { Seat } from './seat.ts';

export function hostOf(room: Room): Seat | null {
  return room.seats.find((seat) => isHost(room, seat)) ?? null;
}

export function isHost({ host }: Room, { peerId }: Pick<Seat, 'peerId'>): boolean {
  return host !== null && host.peerId === peerId;
}

/** The host of an adopted room, whose word decides who is in. */
export function isAdoptedHost(room: Room, seat: Seat): boolean {
  return room.founding.kind === 'adopted' && isHost(room, seat);
}

/** Whether nobody has held the host's office yet. */
export function awaitsHost({ host }: Room): boolean {
  return host === null;
}

/** Whether the host has left, and with them the room is closed. */
export function hasLostHost(room: Room): boolean {
  return !awaitsHost(room) && hostOf(room) === null && !isLikeRelayed(room);
}
