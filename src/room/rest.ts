import { areLinksPending } from './links.ts';
import { endOf, isAdoptedHost, memberOf, NEVER } from './queries.ts';
import type { Member, Room } from './room.ts';

/** As long as nothing happens in a room at rest, its clock need not run. */
export interface Rest {
  /** The first tick at which time alone may change something; 0 while there is something to do on every tick. */
  readonly until: number;
  /** Rest ends, too, when Nakama no longer tracks him: an adopted room's host, of whose leaving it tells nothing. */
  readonly watched: { readonly userId: string; readonly sessionId: string } | null;
}

export function restOf(room: Room): Rest {
  const host = room.members.find((member) => isAdoptedHost(room, member));
  const watched = host === undefined ? null : { userId: host.userId, sessionId: host.sessionId };
  return { until: isQuiet(room) ? nextDateOf(room) : 0, watched };
}

function isQuiet(room: Room): boolean {
  const isToldAll = room.untold === 'none' && room.unsureOfHost.length === 0;
  return isToldAll && room.members.every(isSettled) && !areLinksPending(room);
}

function nextDateOf(room: Room): number {
  const isCreatorDue = room.founding.kind === 'created' && room.lastPeerId === 0;
  return Math.min(
    endOf(room),
    isCreatorDue ? room.rules.creatorTicks : NEVER,
    isSomebodyMissing(room) ? room.rules.noShowTicks : NEVER,
  );
}

/** Nothing more is to be learned of him from Nakama's stream. */
function isSettled({ joined, tracked, heard }: Member): boolean {
  return joined && tracked && heard;
}

function isSomebodyMissing(room: Room): boolean {
  const { founding } = room;
  return (
    founding.kind === 'matched' &&
    founding.invitations.some(({ sessionId }) => memberOf(room, sessionId) === null)
  );
}
