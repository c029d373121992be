import { type Refusal, refuse } from '../protocol/refusal.ts';
import type { Invitation } from './founding.ts';
import { awaitsHost, isAdoptedHost, isHost } from './host.ts';
import { dismiss, introduce } from './introduction.ts';
import { leave, removeSeats } from './leaving.ts';
import { giveUpLinks } from './links.ts';
import { HOST_LEFT, sendAway, tellRefusal } from './refusing.ts';
import { FIRST_HOST_ID, type Room } from './room.ts';
import { hasJoined, hasReply, isConfirmed, isSettled, moved, type Seat } from './seat.ts';
import { playersOf, seatOf, updateSeats, without } from './seats.ts';
import { type Change, quiet, then } from './step.ts';

/**
 * The seats whose sessions to look for in Nakama's stream: those of whom the room has yet to learn that they are
 * tracked or have their reply, and an adopted room's host, of whose leaving Nakama tells nothing.
 */
export function watchedOf(room: Room): readonly Seat[] {
  return room.seats.filter((seat) => (hasJoined(seat) && !isSettled(seat)) || isAdoptedHost(room, seat));
}

/** Time goes on: `tracked` are the sessions of `watchedOf` that Nakama tracks by now. */
export function elapse(room: Room, tracked: readonly string[], tick: number): Change {
  const steps: readonly ((room: Room) => Change)[] = [
    tellUnsure,
    (before) => missHost(before, tracked, tick),
    (before) => quiet(track(before, tracked, tick)),
    (before) => quiet(giveUpCreator(before, tick)),
    (before) => giveUpSeats(before, tick),
    (before) => giveUpNoShows(before, tick),
    (before) => quiet(giveUpLinks(before, tick)),
  ];
  return steps.reduce(
    (before, step) => then(then(before, step), (after) => introduce(after, tick)),
    quiet(room),
  );
}

/** Whoever is tracked on the second tick after their join has the reply, even if nothing was heard of them. */
function track(room: Room, tracked: readonly string[], tick: number): Room {
  return updateSeats(room, (seat) => {
    if (!tracked.includes(seat.sessionId)) return null;
    const answered = tick > seat.since ? moved(seat, 'answered', tick) : null;
    if (answered === null) return seat.tracked ? null : { ...seat, tracked: true };
    return { ...answered, tracked: true };
  });
}

function missHost(room: Room, tracked: readonly string[], tick: number): Change {
  const host = room.seats.find((seat) => isAdoptedHost(room, seat));
  if (host === undefined || !hasReply(host) || tracked.includes(host.sessionId)) return quiet(room);
  return leave(room, [host], tick);
}

/**
 * Of those who may not know that the host left, whoever is still here does not. Not at once: the addon leaves at
 * the first word of it, and stumbles over a second.
 */
function tellUnsure(room: Room): Change {
  if (room.unsureOfHost.length === 0) return quiet(room);
  const unsure = room.seats.filter(({ id }) => room.unsureOfHost.includes(id));
  return {
    room: { ...room, unsureOfHost: [] },
    out: unsure.map((to) => tellRefusal(room, to, HOST_LEFT)),
  };
}

/** A creator who does not come loses their seat and peer id 1: the room elects. */
function giveUpCreator(room: Room, tick: number): Room {
  const isDue = room.founding.kind === 'created' && awaitsHost(room) && tick >= room.rules.creatorTicks;
  return isDue ? { ...room, founding: { kind: 'elected' } } : room;
}

/** Seats of those who never came: reserved and not taken, or taken by a session that Nakama does not track. */
function giveUpSeats(room: Room, tick: number): Change {
  const noShows = room.seats.filter(({ tracked, since }) => !tracked && tick - since >= room.rules.seatTicks);
  if (noShows.length === 0) return quiet(room);
  const { room: left, out } = leave(room, noShows, tick);
  return {
    room: left,
    out: [...out, ...noShows.filter(hasJoined).map((to) => ({ type: 'kick', to }) as const)],
  };
}

/**
 * Matched players who do not come are given up, so that the others can play; or nobody can, and all are told,
 * as soon as everybody who is on their way in can be.
 */
function giveUpNoShows(room: Room, tick: number): Change {
  const { founding, rules } = room;
  if (founding.kind !== 'matched' || tick < rules.noShowTicks) return quiet(room);
  const missing = founding.invitations.filter(({ sessionId }) => seatOf(room, sessionId) === null);
  if (missing.length === 0) return quiet(room);

  const invitations = without(founding.invitations, missing);
  const absent = [...founding.absent, ...missing];
  const hopeless = hopelessWithout(room, missing, invitations);
  if (hopeless !== null && !room.seats.every(isConfirmed)) return quiet(room);
  if (hopeless === null) {
    const left: Room = { ...room, founding: { ...founding, invitations, absent } };
    return { room: left, out: dismiss(playersOf(room), missing) };
  }
  return {
    room: { ...removeSeats(room, room.seats, tick), founding: { ...founding, invitations: [], absent } },
    out: sendAway(room, hostLast(room), hopeless),
  };
}

/** Why nobody can play without the missing, or null. A game that has begun goes on with whom it has. */
function hopelessWithout(
  room: Room,
  missing: readonly Invitation[],
  left: readonly Invitation[],
): Refusal | null {
  if (room.sealedBy !== null) return null;
  if (missing.some(({ peerId }) => peerId === FIRST_HOST_ID)) {
    return refuse('host-left', 'The host of this match never came.');
  }
  if (left.length >= room.rules.minPlayers) return null;
  return refuse('too-few-players', 'Too few of the matched players came.');
}

/** So that no leave of the host reaches anybody who is on their way out. */
function hostLast(room: Room): Seat[] {
  const isTheHost = (seat: Seat) => isHost(room, seat);
  return [...room.seats.filter((seat) => !isTheHost(seat)), ...room.seats.filter(isTheHost)];
}
