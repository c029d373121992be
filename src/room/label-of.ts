import type { Label } from '../protocol/label.ts';
import { versionKeyOf } from '../protocol/version.ts';
import { openSeatsOf } from './capacity.ts';
import { hostOf } from './host.ts';
import { phaseOf } from './phase.ts';
import type { Room } from './room.ts';
import { isConfirmed } from './seat.ts';
import { versionOf } from './version.ts';

/** What a listing shows of the room. */
export function labelOf(room: Room): Label {
  const clientVersion = versionOf(room);
  return {
    phase: phaseOf(room),
    players: room.seats.filter(isConfirmed).length,
    openSeats: openSeatsOf(room),
    minPlayers: room.rules.minPlayers,
    maxPlayers: room.rules.maxPlayers,
    clientVersion,
    versionKey: versionKeyOf(clientVersion),
    host: hostOf(room)?.username ?? null,
  };
}
