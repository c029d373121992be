import type { Resumption } from '../../protocol/join-metadata.ts';
import { type Refusal, refuse } from '../../protocol/refusal.ts';
import type { Candidate } from '../door/candidate.ts';
import { sendAway } from '../door/refusing.ts';
import type { Founding } from '../founding.ts';
import { keepsSeats } from '../host/host.ts';
import type { Room } from '../room.ts';
import type { Attempted, Out } from '../step.ts';
import { refuseVersion } from '../version.ts';
import { awayOf } from './away.ts';
import { forgetConnections } from './leaving.ts';
import { hasJoined, hasReply, isPlayer, moved, type Seat, type Session } from './seat.ts';
import { seatOf, updateSeat } from './seats.ts';

/** Of those that a seat had, so many are remembered: the others learn of the present one with their next snapshot. */
const MOST_FORMER_IDS = 4;

const RESUMED_ELSEWHERE = refuse('resumed-elsewhere', 'You joined this match again from elsewhere.');

/**
 * Another session of a player comes back to their seat, past whatever closes the room to others. The one that sat
 * there, which need not be known to be dead yet, is told and put out here: done later, the others would learn of its
 * leaving after the new one's coming.
 */
export function resume(
  room: Room,
  candidate: Candidate,
  { peerId, fresh }: Resumption,
  version: string | null,
  tick: number,
): Attempted {
  const seat = seatToResume(room, candidate, peerId);
  const refusal =
    seat === null ? SEAT_GONE : (refuseSecondSeat(room, candidate, seat) ?? refuseVersion(room, version));
  if (seat === null || refusal !== null) return { room, out: [], refusal };
  if (seat.sessionId === candidate.sessionId && hasJoined(seat)) return { room, out: [], refusal: null };
  const taken = sitDown(
    fresh ? forgetConnections(room, (id) => id === seat.id) : room,
    seat,
    candidate,
    fresh,
    tick,
  );
  return { room: taken, out: putOut(room, seat, candidate), refusal: null };
}

const SEAT_GONE = refuse('seat-gone', 'your seat in this match was given up; join it anew');

/** By the user alone, so that knowing somebody's peer id is no way to their seat. */
function seatToResume(room: Room, { userId }: Candidate, peerId: number): Seat | null {
  if (!keepsSeats(room)) return null;
  const isMeant = (seat: Seat) =>
    seat.peerId === peerId && seat.userId === userId && seat.announced && isPlayer(seat);
  return room.seats.find(isMeant) ?? null;
}

function refuseSecondSeat(room: Room, { sessionId }: Candidate, seat: Seat): Refusal | null {
  const other = seatOf(room, sessionId);
  if (other === null || other.id === seat.id) return null;
  return refuse('bad-request', 'this socket has another seat in this match already');
}

function putOut(room: Room, seat: Seat, { sessionId }: Candidate): Out[] {
  const isThere = seat.sessionId !== sessionId && (hasJoined(seat) || hasReply(seat));
  return isThere ? sendAway(room, [seat], RESUMED_ELSEWHERE) : [];
}

function sitDown(room: Room, seat: Seat, who: Candidate, fresh: boolean, tick: number): Room {
  const { sessionId, username, node, can } = who;
  const kept = awayOf(room, seat, tick);
  const taken = updateSeat(room, seat, (one) => {
    const resumed = moved(one, 'resumed', tick);
    return (
      resumed && {
        ...resumed,
        ...{ sessionId, username, node, can, tracked: false },
        away: { ...kept, isFresh: kept.isFresh || fresh },
        generation: one.generation + (fresh ? 1 : 0),
        formerIds: fresh ? [] : formerIdsOf(seat, sessionId),
      }
    );
  });
  return { ...taken, founding: reseat(room.founding, seat, sessionId) };
}

function formerIdsOf({ formerIds, sessionId }: Seat, present: string): string[] {
  return [...formerIds, sessionId].filter((id) => id !== present).slice(-MOST_FORMER_IDS);
}

/** Who was invited, or made the room, is known by their session. */
function reseat(founding: Founding, from: Session, sessionId: string): Founding {
  switch (founding.kind) {
    case 'matched':
      return {
        ...founding,
        invitations: founding.invitations.map((one) =>
          one.sessionId === from.sessionId ? { ...one, sessionId } : one,
        ),
      };
    case 'created': {
      const { creator } = founding;
      return creator.sessionId === from.sessionId
        ? { ...founding, creator: { ...creator, sessionId } }
        : founding;
    }
    default:
      return founding;
  }
}
