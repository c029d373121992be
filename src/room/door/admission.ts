import type { Resumption } from '../../protocol/join-metadata.ts';
import { type Refusal, refuse } from '../../protocol/refusal.ts';
import type { Invitation } from '../founding.ts';
import type { Room } from '../room.ts';
import { loseSockets } from '../seats/away.ts';
import { leave } from '../seats/leaving.ts';
import { resume } from '../seats/resume.ts';
import { hasJoined, isPlayer, newSeat, type Seat, type Session } from '../seats/seat.ts';
import { seatOf, seatsOf, without } from '../seats/seats.ts';
import { type Attempted, type Change, quiet, then } from '../step.ts';
import { refuseContradiction, refuseVersion } from '../version.ts';
import type { Candidate } from './candidate.ts';
import { capacityOf, freeSeatsOf } from './capacity.ts';
import { refuseClosed } from './closed.ts';
import { isCreator, isCreatorAwaited } from './creator.ts';
import { hasPass, refuseBanned, refuseLocked, withoutPassesOf } from './passes.ts';
import { sendAway } from './refusing.ts';
import { refuseUnannounced } from './unannounced.ts';

/** Reserves a seat for the candidate, or refuses; nobody is told of them before they have joined. */
export function admit(room: Room, candidate: Candidate, tick: number): Attempted {
  const invitation = invitationOf(room, candidate.sessionId);
  const versions = versionsNamedBy(room, candidate, invitation);
  const version = versions[0] ?? null;
  const seat = seatOf(room, candidate.sessionId);
  const resumption = candidate.resumption ?? resumptionOf(seat);
  if (resumption !== null) {
    const refusal = refuseContradiction(versions) ?? refuseBanned(room, candidate.userId);
    return refusal === null
      ? resume(room, candidate, resumption, version, tick)
      : { ...quiet(room), refusal };
  }
  // A second request on the same socket may be asked before Nakama knows of the first one's join.
  if (seat !== null && hasJoined(seat)) return { ...quiet(room), refusal: null };
  const refusal =
    refuseContradiction(versions) ??
    refuseBanned(room, candidate.userId) ??
    refuseStranger(room, invitation) ??
    refuseVersionAtDoor(room, version) ??
    refuseClosed(room) ??
    refuseUnannounced(room, candidate) ??
    refuseFull(room, candidate) ??
    refuseLocked(room, candidate);
  return refusal === null ? reserve(room, candidate, seat, version, tick) : { ...quiet(room), refusal };
}

/** A session whose seat was kept, or who comes back to it, need not say so when it asks again. */
function resumptionOf(seat: Seat | null): Resumption | null {
  return seat === null || seat.away === null ? null : { peerId: seat.peerId, fresh: false };
}

function reserve(
  room: Room,
  candidate: Candidate,
  seat: Seat | null,
  version: string | null,
  tick: number,
): Attempted {
  const id = seat?.id ?? room.lastSeatId + 1;
  const { announced, can } = candidate;
  const reserved = newSeat(id, candidate, { version, announced, can }, tick);
  const seats = [...without(room.seats, [reserved]), reserved];
  const reservedFor = { ...room, seats, lastSeatId: Math.max(id, room.lastSeatId) };
  return { ...quiet(withoutPassesOf(reservedFor, candidate.userId)), refusal: null };
}

/** Somebody who got Nakama's reply to a join, but whose seat was given up before they were in. */
export function turnAwayStranger(room: Room, stranger: Session): Change {
  const refusal = refuse('busy', 'Your seat was given up, please join again.');
  return { room, out: sendAway(room, [stranger], refusal) };
}

/**
 * Somebody who got Nakama's reply to a join, but was not put into the match: the leave from before it was still
 * on its way, and Nakama took them for a member. Their seat is free at once, unless they came back to it.
 */
export function turnAwayLost(room: Room, lost: Session, tick: number): Change {
  const seats = seatsOf(room, [lost.sessionId]);
  const left = then(loseSockets(room, seats.filter(isPlayer), tick), (kept) =>
    leave(
      kept,
      seats.filter((seat) => !isPlayer(seat)),
      tick,
    ),
  );
  return then(left, (after) => turnAwayStranger(after, lost));
}

function invitationOf({ founding }: Room, sessionId: string): Invitation | null {
  if (founding.kind !== 'matched') return null;
  return founding.invitations.find((invitation) => invitation.sessionId === sessionId) ?? null;
}

function versionsNamedBy(room: Room, candidate: Candidate, invitation: Invitation | null): string[] {
  const asCreator = isCreator(room, candidate) ? room.version : null;
  const named = [...candidate.versions, invitation?.version ?? null, asCreator];
  return [...new Set(named.filter((version) => version !== null))];
}

function refuseStranger({ founding }: Room, invitation: Invitation | null): Refusal | null {
  if (founding.kind !== 'matched' || invitation !== null) return null;
  return refuse('not-invited', 'the matchmaker did not put you into this match');
}

/** Clients of dialect R name their version later, when they ask to be let in. */
function refuseVersionAtDoor(room: Room, version: string | null): Refusal | null {
  return version === null && room.language === 'R' ? null : refuseVersion(room, version);
}

function refuseFull(room: Room, candidate: Candidate): Refusal | null {
  const hasSeat =
    seatOf(room, candidate.sessionId) !== null ||
    hasPass(room, candidate.userId, 'seat') ||
    (isCreatorAwaited(room) && isCreator(room, candidate));
  if (hasSeat || freeSeatsOf(room) > 0) return null;
  return refuse('match-full', `all ${capacityOf(room)} seats of this match are taken`);
}
