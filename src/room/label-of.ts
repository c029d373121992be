import type { Audience } from '../protocol/audience.ts';
import type { Label } from '../protocol/label.ts';
import { openSeatsOf } from './door/capacity.ts';
import { listedFor } from './door/listed-for.ts';
import { refuseUnannounced } from './door/unannounced.ts';
import { hostOf } from './host/host.ts';
import { phaseOf } from './phase.ts';
import type { Room } from './room.ts';
import { isConfirmed } from './seats/seat.ts';
import { versionOf } from './version.ts';

/** What a listing shows of the room. */
export function labelOf(room: Room): Label {
  return {
    phase: phaseOf(room),
    players: room.seats.filter(isConfirmed).length,
    openSeats: openSeatsOf(room),
    minPlayers: room.rules.minPlayers,
    maxPlayers: room.rules.maxPlayers,
    clientVersion: versionOf(room),
    host: hostOf(room)?.username ?? null,
    visibility: room.profile.visibility,
    listed: audiencesOf(room),
    hasPassword: room.profile.hasPassword,
    name: room.profile.name,
    properties: room.profile.properties,
    codeKey: room.sign.codeKey,
    serial: room.sign.serial,
  };
}

function audiencesOf(room: Room): readonly Audience[] {
  if (openSeatsOf(room) === 0) return [];
  const audiences = listedFor(room.profile.visibility, room.language);
  return refuseUnannounced(room, { announced: false }) === null
    ? audiences
    : audiences.filter((audience) => audience === 'own');
}
