import type { Property } from '../protocol/properties.ts';
import type { PlayerView, RoomView } from '../protocol/snapshot.ts';
import { openSeatsOf } from './door/capacity.ts';
import { isFallbackOn } from './messages/fallback.ts';
import { areConnected, linksOf } from './messages/links.ts';
import { phaseOf } from './phase.ts';
import { type Room, TICKS_PER_SECOND } from './room.ts';
import { areAllReady, statusOf } from './seats/readiness.ts';
import type { Seat } from './seats/seat.ts';
import { playersHere, playersOf, without } from './seats/seats.ts';
import { type Change, quiet } from './step.ts';
import { versionOf } from './version.ts';

/**
 * Sends the room to the players who announced themselves, where something that they see is another than before.
 * Links are many, and say themselves what they are worth; whatever else shows is told at once.
 */
export function sendSnapshots(before: Room, after: Room, tick: number, isTick: boolean): Change {
  const readers = readersOf(after);
  if (readers.length === 0) return quiet(after);
  const { linkNews } = after;
  const isDue = linkNews === 'now' || (linkNews === 'later' && isTick);
  if (!isDue && faceOf(before) === faceOf(after)) return quiet(after);
  // Whoever came back has another session, and is told as at first.
  const newcomers = without(readers, readersOf(before));
  const to = without(readers, newcomers);
  return {
    room: linkNews === 'none' ? after : { ...after, linkNews: 'none' },
    out: [{ type: 'snapshot', to, newcomers, view: viewOf(after, tick) }],
  };
}

/** The room as its players see it who announced themselves. */
export function viewOf(room: Room, tick: number): RoomView {
  const { name, visibility, hasPassword, properties } = room.profile;
  return {
    code: room.sign.code,
    ...{ name, visibility, hasPassword, properties },
    phase: phaseOf(room),
    topology: room.rules.topology,
    clientVersion: versionOf(room),
    minPlayers: room.rules.minPlayers,
    maxPlayers: room.rules.maxPlayers,
    openSeats: openSeatsOf(room),
    host: room.host,
    players: [...playersOf(room)]
      .sort((a, b) => a.peerId - b.peerId)
      .map((seat) => playerOf(room, seat, tick)),
    links: linksOf(room),
    connected: areConnected(room),
    allReady: areAllReady(room),
  };
}

function playerOf(room: Room, seat: Seat, tick: number): PlayerView {
  const { away } = seat;
  const said = statusOf(room, seat.id);
  const can = isFallbackOn(room.rules) ? seat.can : seat.can.filter((one) => one !== 'fallback');
  const status = { can, ready: said.ready, properties: said.properties };
  if (away === null) return { ...seat, ...status, awaySec: null };
  const awaySec = away.isKnown ? Math.max(0, away.until - tick) / TICKS_PER_SECOND : null;
  const { sessionId, generation } = away;
  return { ...seat, ...status, sessionId, generation, awaySec };
}

/** Who is told of the room as such. */
function readersOf(room: Room): readonly Seat[] {
  return playersHere(room).filter(({ announced }) => announced);
}

/** All that a snapshot shows but the links, short: of a player, only what can change. */
function faceOf(room: Room): string {
  const players = playersOf(room).map(({ sessionId, peerId, spectator, generation, away }) => [
    away?.sessionId ?? sessionId,
    peerId,
    spectator,
    ...(away?.isKnown ? [away.until, 'away'] : [away?.generation ?? generation]),
  ]);
  const { host } = room;
  return JSON.stringify([
    phaseOf(room),
    versionOf(room),
    openSeatsOf(room),
    host?.peerId,
    host?.term,
    ...players,
    faceOfProfile(room),
    ...room.statuses.map(({ seat, ready, properties }) => [seat, ready, ...facesOf(properties)]),
  ]);
}

/** One by one: the keys of what was stored come back in any order. */
function faceOfProfile({ profile: { name, visibility, hasPassword, properties } }: Room): unknown[] {
  return [name, visibility, hasPassword, ...facesOf(properties)];
}

function facesOf(properties: readonly Property[]): unknown[] {
  return properties.map(({ key, value }) => [key, value]);
}
