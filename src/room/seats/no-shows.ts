import { type Refusal, refuse } from '../../protocol/refusal.ts';
import { sendAway } from '../door/refusing.ts';
import type { Invitation } from '../founding.ts';
import { awaitsHost, isHost } from '../host/host.ts';
import { FIRST_HOST_ID, type Room } from '../room.ts';
import { type Change, quiet } from '../step.ts';
import { loseSockets } from './away.ts';
import { dismiss } from './introduction.ts';
import { removeSeats } from './leaving.ts';
import { hasJoined, isConfirmed, isSettled, type Seat } from './seat.ts';
import { playersHere, seatOf, without } from './seats.ts';

// Time's share of who is in: seats that are kept for somebody who does not come.

/** A creator who does not come loses their seat and peer id 1: the room elects. */
export function giveUpCreator(room: Room, tick: number): Room {
  const isDue = room.founding.kind === 'created' && awaitsHost(room) && tick >= room.rules.creatorTicks;
  return isDue ? { ...room, founding: { kind: 'elected' } } : room;
}

/** Seats of those who never came: reserved and not taken, or taken by a session that Nakama does not track. */
export function giveUpSeats(room: Room, tick: number): Change {
  const noShows = room.seats.filter(
    (seat) => !isSettled(seat) && !seat.tracked && tick - seat.since >= room.rules.seatTicks,
  );
  if (noShows.length === 0) return quiet(room);
  const { room: left, out } = loseSockets(room, noShows, tick);
  return {
    room: left,
    out: [...out, ...noShows.filter(hasJoined).map((to) => ({ type: 'kick', to }) as const)],
  };
}

/**
 * Matched players who do not come are given up, so that the others can play; or nobody can, and all are told,
 * as soon as everybody who is on their way in can be.
 */
export function giveUpNoShows(room: Room, tick: number): Change {
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
    return { room: left, out: dismiss(playersHere(room), missing) };
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
