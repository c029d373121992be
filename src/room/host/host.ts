import { isLikeRelayed } from '../language.ts';
import type { Room } from '../room.ts';
import { isIntroduced, isPlayer, type Seat } from '../seats/seat.ts';

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

/** Whether the host is gone, nobody can follow them, and with that the room is closed. */
export function hasLostHost(room: Room): boolean {
  return isOfficeVacant(room) && !isLikeRelayed(room) && !mayMigrate(room);
}

/** Whether somebody held the office, and is gone. */
export function isOfficeVacant(room: Room): boolean {
  return !awaitsHost(room) && hostOf(room) === null;
}

/** Whether another player can be host: somebody who knows that hosts change, here or away. */
export function mayMigrate(room: Room): boolean {
  return room.rules.onHostLeft === 'migrate' && keepsSeats(room) && playersWhoCanHost(room).length > 0;
}

/**
 * Whether seats outlive sockets, and the host's office its holder. An addon's host gives other peer ids; and of
 * matched players, addons would meet by Nakama's own events somebody whom they do not know.
 */
export function keepsSeats({ founding, seats }: Room): boolean {
  if (founding.kind === 'adopted') return false;
  return founding.kind !== 'matched' || seats.every(({ announced }) => announced);
}

function playersWhoCanHost({ seats }: Room): readonly Seat[] {
  return seats.filter((seat) => seat.announced && isPlayer(seat));
}

/** Who can be host now, in the order in which they came. */
export function heirsOf(room: Room): readonly Seat[] {
  return playersWhoCanHost(room)
    .filter((seat) => isIntroduced(seat) && !isHost(room, seat))
    .sort((a, b) => a.peerId - b.peerId);
}

/** The office passes on, with a new term. */
export function appoint(room: Room, { peerId }: Pick<Seat, 'peerId'>): Room {
  const term = (room.host?.term ?? 0) + 1;
  return { ...room, host: { peerId, term, silentTo: [], askedAt: null } };
}
