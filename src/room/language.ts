import type { Dialect } from '../protocol/dialects/dialect.ts';
import type { Language, Room } from './room.ts';
import { moved, type Seat } from './seats/seat.ts';
import { updateSeat, updateSeats } from './seats/seats.ts';

// Who decides what a room speaks. Of a room made by RPC, whoever made it. Of an adopted room, its host alone: what
// a joiner says changes nothing. Matched players need no common language, each is answered in their own.

/**
 * Whether the room is as Nakama's relayed match would be: nobody gives peer ids, everybody who came is in, and
 * no seat and no host matters. So is every adopted room until its host speaks the addon's language.
 */
export function isLikeRelayed({ founding, language }: Room): boolean {
  return founding.kind === 'adopted' && (language === null || language === 'plain');
}

/** Left by all, which is the end of a relayed match. */
export function isDeserted(room: Room): boolean {
  return isLikeRelayed(room) && room.entered && room.seats.length === 0;
}

/** The room after its host was heard to speak this. Whoever came in as into a relayed match now waits for their word. */
export function speaking(room: Room, language: Language, tick: number): Room {
  if (room.language === language) return room;
  const spoken: Room = { ...room, language };
  if (!isLikeRelayed(room) || isLikeRelayed(spoken)) return spoken;
  return updateSeats(spoken, (seat) => (seat.peerId === 0 ? moved(seat, 'withdrawn', tick) : null));
}

/** A client that knows this server is never left in another game's match. */
export function mayBePlain({ seats }: Room): boolean {
  return !seats.some(({ announced }) => announced);
}

/** The room after a matched player was heard to speak a dialect: JSON may be A as well as R, which are alike to them. */
export function speakingAs(room: Room, from: Seat, dialect: Dialect | null): Room {
  if (room.founding.kind !== 'matched' || from.dialect !== null) return room;
  return updateSeat(room, from, (seat) => ({ ...seat, dialect: dialect ?? 'A' }));
}

/** In which dialect to speak to somebody who has a seat, or to who has none. */
export function dialectFor({ language }: Room, to: Pick<Seat, 'dialect'> | null): Dialect {
  return language === null || language === 'plain' ? (to?.dialect ?? 'A') : language;
}
