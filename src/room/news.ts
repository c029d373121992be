import { openSeatsOf, phaseOf, playersOf, versionOf } from './queries.ts';
import type { Member, News, Room } from './room.ts';

/**
 * When the players who announced themselves are told of a change. Links are many, and say themselves what they
 * are worth; whatever else shows is told at once.
 */
export function newsIn(before: Room, after: Room): News {
  if (readersOf(after).length === 0) return 'none';
  return faceOf(before) === faceOf(after) ? after.untold : 'now';
}

/** Who is told of the room as such. */
export function readersOf(room: Room): readonly Member[] {
  return playersOf(room).filter(({ announced }) => announced);
}

/** The room once it has told what it had to. */
export function told(room: Room): Room {
  return room.untold === 'none' ? room : { ...room, untold: 'none' };
}

/** All that a snapshot shows but the links, short: of a player, only the ids and `spectator` can change. */
function faceOf(room: Room): string {
  const players = playersOf(room).map(({ sessionId, peerId, spectator }) => [sessionId, peerId, spectator]);
  return JSON.stringify([phaseOf(room), versionOf(room), openSeatsOf(room), ...players]);
}
