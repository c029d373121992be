import type { RoomView } from '../protocol/snapshot.ts';
import { openSeatsOf } from './capacity.ts';
import { areConnected, linksOf } from './links.ts';
import { phaseOf } from './phase.ts';
import type { Room } from './room.ts';
import type { Seat } from './seat.ts';
import { playersOf, without } from './seats.ts';
import { type Change, quiet } from './step.ts';
import { versionOf } from './version.ts';

/**
 * Sends the room to the players who announced themselves, where something that they see is another than before.
 * Links are many, and say themselves what they are worth; whatever else shows is told at once.
 */
export function sendSnapshots(before: Room, after: Room, isTick: boolean): Change {
  const readers = readersOf(after);
  if (readers.length === 0) return quiet(after);
  const { linkNews } = after;
  const isDue = linkNews === 'now' || (linkNews === 'later' && isTick);
  if (!isDue && faceOf(before) === faceOf(after)) return quiet(after);
  const newcomers = without(readers, readersOf(before));
  const to = without(readers, newcomers);
  return {
    room: linkNews === 'none' ? after : { ...after, linkNews: 'none' },
    out: [{ type: 'snapshot', to, newcomers, view: viewOf(after) }],
  };
}

/** The room as its players see it who announced themselves. */
export function viewOf(room: Room): RoomView {
  const { name, visibility, hasPassword, properties } = room.profile;
  return {
    code: room.sign.code,
    ...{ name, visibility, hasPassword, properties },
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

/** Who is told of the room as such. */
function readersOf(room: Room): readonly Seat[] {
  return playersOf(room).filter(({ announced }) => announced);
}

/** All that a snapshot shows but the links, short: of a player, only the ids and `spectator` can change. */
function faceOf(room: Room): string {
  const players = playersOf(room).map(({ sessionId, peerId, spectator }) => [sessionId, peerId, spectator]);
  return JSON.stringify([phaseOf(room), versionOf(room), openSeatsOf(room), ...players, faceOfProfile(room)]);
}

/** One by one: the keys of what was stored come back in any order. */
function faceOfProfile({ profile: { name, visibility, hasPassword, properties } }: Room): unknown[] {
  return [name, visibility, hasPassword, ...properties.map(({ key, value }) => [key, value])];
}
