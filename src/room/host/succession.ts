import { seatsLinkedTo } from '../messages/links.ts';
import { NEVER } from '../phase.ts';
import { type Host, type Room, TICKS_PER_SECOND } from '../room.ts';
import { isIntroduced, type Seat } from '../seats/seat.ts';
import { appoint, heirsOf, hostOf, isOfficeVacant, mayMigrate } from './host.ts';

// Who is host when the host is gone, nobody reaches them any more, or their game stands still.

/** A hidden tab keeps its socket and its links, and plays no game. */
const BACKGROUND_TICKS = 20 * TICKS_PER_SECOND;

/** Of a host who was asked whether their game goes on. */
const ANSWER_TICKS = 5 * TICKS_PER_SECOND;

/** The room with another host where it needs one and has one; it follows whatever happens. */
export function succeed(room: Room, tick: number): Room {
  const { host } = room;
  if (host === null || !mayMigrate(room)) return room;
  const holder = hostOf(room);
  const heir = heirOf(room, isOfficeVacant(room));
  if (heir === null) return room;
  return holder === null || hasFailed(room, host, holder, tick) ? appoint(room, heir) : room;
}

/** Who came first of those who look at their game; where the office is vacant, of all. */
function heirOf(room: Room, isVacant: boolean): Seat | null {
  const heirs = heirsOf(room);
  const awake = heirs.find(({ keeping }) => keeping.backgroundSince === null);
  return awake ?? (isVacant ? (heirs[0] ?? null) : null);
}

function hasFailed(room: Room, host: Host, holder: Seat, tick: number): boolean {
  // Whoever is on their way back reloads, and has links again soon.
  if (holder.stage === 'away') return isOutOfReach(room, holder);
  return isIntroduced(holder) && tick >= standstillOf(host, holder);
}

/**
 * Whether everybody who had a link to an away host, and is here, has lost it: after the socket was lost, or before that
 * was known. Whoever had said that their page goes away closed their links themselves.
 */
function isOutOfReach(room: Room, { id, away, keeping }: Seat): boolean {
  const hadLinks = (away !== null && away.linkedTo.length > 0) || (keeping.linked && !keeping.leaving);
  return hadLinks && seatsLinkedTo(room, id).length === 0;
}

/** The tick at which a host who is here counts as standing still. */
function standstillOf({ askedAt }: Host, { keeping: { backgroundSince } }: Seat): number {
  const ofBackground = backgroundSince === null ? NEVER : backgroundSince + BACKGROUND_TICKS;
  const ofSilence = askedAt === null ? NEVER : askedAt + ANSWER_TICKS;
  return Math.min(ofBackground, ofSilence);
}

/** The tick at which time alone may make somebody else host. */
export function successionDateOf(room: Room): number {
  const { host } = room;
  const holder = hostOf(room);
  if (host === null || holder === null || !isIntroduced(holder)) return NEVER;
  const isHopeless = !mayMigrate(room) || heirOf(room, false) === null;
  return isHopeless ? NEVER : standstillOf(host, holder);
}
