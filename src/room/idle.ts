import { isDialectPending } from './door/dialect.ts';
import { doorDateOf } from './door/passes.ts';
import { keepDateOf } from './host/checkpoint.ts';
import { awaitsHost, isAdoptedHost } from './host/host.ts';
import { successionDateOf } from './host/succession.ts';
import { areLinksPending } from './messages/links.ts';
import { endOf, NEVER } from './phase.ts';
import type { Room } from './room.ts';
import { isSettled } from './seats/seat.ts';
import { seatOf } from './seats/seats.ts';

/** As long as nothing happens in an idle room, its clock need not run. */
export interface Idle {
  /** The first tick at which time alone may change something; 0 while there is something to do on every tick. */
  readonly until: number;
  /** It ends, too, when Nakama no longer tracks them: an adopted room's host, of whose leaving it tells nothing. */
  readonly watched: { readonly userId: string; readonly sessionId: string } | null;
}

export function idleOf(room: Room): Idle {
  const host = room.seats.find((seat) => isAdoptedHost(room, seat));
  const watched = host === undefined ? null : { userId: host.userId, sessionId: host.sessionId };
  return { until: isQuiet(room) ? nextDateOf(room) : 0, watched };
}

function isQuiet(room: Room): boolean {
  const isToldAll = room.unsureOfHost.length === 0 && room.linkNews === 'none';
  const isPending = areLinksPending(room) || isDialectPending(room);
  return isToldAll && room.seats.every(isSettled) && !isPending;
}

function nextDateOf(room: Room): number {
  const isCreatorDue = room.founding.kind === 'created' && awaitsHost(room);
  return Math.min(
    endOf(room),
    isCreatorDue ? room.rules.creatorTicks : NEVER,
    isSomebodyMissing(room) ? room.rules.noShowTicks : NEVER,
    ...room.seats.map(({ away }) => away?.until ?? NEVER),
    successionDateOf(room),
    room.checkpoint === null ? NEVER : keepDateOf(room.checkpoint),
    doorDateOf(room),
    ...room.door.passes.map(({ until }) => until),
  );
}

function isSomebodyMissing(room: Room): boolean {
  const { founding } = room;
  return (
    founding.kind === 'matched' &&
    founding.invitations.some(({ sessionId }) => seatOf(room, sessionId) === null)
  );
}
