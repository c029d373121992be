import type { RoomView } from '../protocol/snapshot.ts';
import { areConnected, linksOf } from './links.ts';
import { openSeatsOf, phaseOf, playersOf, versionOf } from './queries.ts';
import type { Room } from './room.ts';

/** The room as its players see it who announced themselves. */
export function viewOf(room: Room): RoomView {
  return {
    phase: phaseOf(room),
    clientVersion: versionOf(room),
    minPlayers: room.rules.minPlayers,
    maxPlayers: room.rules.maxPlayers,
    openSeats: openSeatsOf(room),
    players: [...playersOf(room)].sort((a, b) => a.peerId - b.peerId),
    links: linksOf(room),
    connected: areConnected(room),
  };
}
