import { isHost } from '../host/host.ts';
import type { Room } from '../room.ts';
import type { Seat } from '../seats/seat.ts';
import { seatWith } from '../seats/seats.ts';
import { keepReports } from './link-reports.ts';
import { keepPending } from './pending.ts';

// In a star each player has to do with the host alone, and others never learn their addresses.

export function isStar({ rules }: Room): boolean {
  return rules.topology === 'star';
}

/** Whether there is to be a link between these two, and so whether what one says is passed on to the other. */
export function mayLink(room: Room, a: Pick<Seat, 'peerId'>, b: Pick<Seat, 'peerId'>): boolean {
  return !isStar(room) || isHost(room, a) || isHost(room, b);
}

/** Another host has other links: what was said of the old ones, and what waits between two others, is forgotten. */
export function forgetOldStar(before: Room, after: Room): Room {
  if (!isStar(after) || before.host?.peerId === after.host?.peerId) return after;
  const isKept = (from: number, to: number) => {
    const [one, other] = [seatWith(after, from), seatWith(after, to)];
    return one !== null && other !== null && mayLink(after, one, other);
  };
  return {
    ...after,
    links: keepReports(after.links, isKept),
    pending: keepPending(after.pending, isKept),
    linkNews: 'now',
  };
}
