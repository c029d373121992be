import type { Founding } from '../founding.ts';
import { hostOf, isHost } from '../host/host.ts';
import { isLikeRelayed } from '../language.ts';
import { forgetLinks } from '../messages/link-reports.ts';
import { forgetPending } from '../messages/pending.ts';
import { FIRST_HOST_ID, type Room } from '../room.ts';
import { type Change, type Out, quiet } from '../step.ts';
import { isAway, isIntroduced, isPlayer, type Seat } from './seat.ts';
import { playersHere, without } from './seats.ts';

/** For so long after members were told who is here, a leave may have overtaken what they were told. */
const OVERTAKING_TICKS = 2;

/** These are gone from the match, or never came. */
export function leave(room: Room, gone: readonly Seat[], tick: number): Change {
  if (gone.length === 0) return quiet(room);
  const left = gone.reduce((before, seat) => vacate(before, seat, tick), room);
  return { room: left, out: gone.flatMap((seat) => repeatLeave(left, seat, tick)) };
}

function vacate(room: Room, gone: Seat, tick: number): Room {
  const left = removeSeats(room, [gone], tick);
  const withdrawn: Room = { ...left, founding: withdraw(left.founding, gone) };
  // Nobody is left who could say that it is the addon's game.
  if (isHost(room, gone) && isLikeRelayed(withdrawn)) return { ...withdrawn, language: 'plain' };
  return withUnsure(withdrawn, gone, tick);
}

/** The room, which remembers who may not know that peer 1 is gone, when it is they. */
export function withUnsure(room: Room, gone: Seat, tick: number): Room {
  if (gone.peerId !== FIRST_HOST_ID || isLikeRelayed(room)) return room;
  const unsure = unannouncedPlayers(room).filter(({ since }) => tick - since <= OVERTAKING_TICKS);
  return { ...room, unsureOfHost: unsure.map(({ id }) => id) };
}

/** Who was introduced and left cannot come back under the same peer id: the others have forgotten them. */
function withdraw(founding: Founding, gone: Seat): Founding {
  if (founding.kind !== 'matched' || !isPlayer(gone)) return founding;
  const { sessionId, userId, username } = gone;
  return {
    ...founding,
    invitations: without(founding.invitations, [gone]),
    absent: [...founding.absent, { sessionId, userId, username }],
  };
}

/**
 * Nakama tells of a leave before the match hears of it, so that members may just have been told, after it, that
 * the one who left is here. Tell them again of the leave, which harms nobody who knows; but a second leave of the
 * host breaks the addon, so that of this only those who came last are told, on the next tick.
 */
export function repeatLeave(left: Room, gone: Seat, tick: number): Out[] {
  if (isAway(gone)) return [];
  if (!isIntroduced(gone)) return repeatAskersLeave(left, gone, tick);
  const isFirstHost = gone.peerId === FIRST_HOST_ID;
  if (isFirstHost || isLikeRelayed(left) || tick - left.introducedAt > OVERTAKING_TICKS) return [];
  return unannouncedPlayers(left).map((to) => ({ type: 'presences', to, joins: [], leaves: [gone] }));
}

/** Those who announced themselves are told the room itself, and would take a 9003 for their own. */
function unannouncedPlayers(room: Room): Seat[] {
  return playersHere(room).filter(({ announced }) => !announced);
}

/** The same of a request to be let in, which an adopted room's host is sent of somebody not yet introduced. */
function repeatAskersLeave(room: Room, gone: Seat, tick: number): Out[] {
  const host = room.founding.kind === 'adopted' ? hostOf(room) : null;
  if (host === null || gone.askedAt === null || tick - gone.askedAt > OVERTAKING_TICKS) return [];
  return [{ type: 'presences', to: host, joins: [], leaves: [gone] }];
}

/** The room without them, without what waited for them or from them, and without what was said of their links. */
export function removeSeats(room: Room, gone: readonly Seat[], tick: number): Room {
  const seats = without(room.seats, gone);
  const isGone = (id: number) => gone.some((one) => one.id === id);
  return {
    ...forgetConnections(room, isGone),
    seats,
    statuses: room.statuses.filter(({ seat }) => !isGone(seat)),
    emptySince: seats.length === 0 ? tick : room.emptySince,
  };
}

/** The room without what waited for these seats or from them, and without what was said of their links. */
export function forgetConnections(room: Room, isTheirs: (seat: number) => boolean): Room {
  return {
    ...room,
    pending: forgetPending(room.pending, isTheirs),
    links: forgetLinks(room.links, isTheirs),
  };
}
