import { hostOf } from '../../../src/room/host/host.ts';
import type { Room } from '../../../src/room/room.ts';
import { seatOf } from '../../../src/room/seats/seats.ts';

/** What a message did to the room that only an adopted room's host may do, where it was not theirs; else null. */
export function overreachOf(before: Room, after: Room, from: string): string | null {
  if (before.founding.kind === 'adopted' && seatOf(before, from)?.peerId === 1) return null;
  const lost = before.seats.find(({ sessionId }) => sessionId !== from && seatOf(after, sessionId) === null);
  if (lost !== undefined) return `${lost.username} is sent away by somebody who is not the host`;
  if (after.sealedBy !== before.sealedBy)
    return 'the room is sealed by a message of somebody who is not the host';
  if (after.language !== before.language && !isLearned(before, after))
    return 'what somebody says who is not the host changes the language';
  return verdictsIn(after) > verdictsIn(before) ? 'somebody who is not the host decides who is in' : null;
}

/** A room for which nobody named a dialect learns R from its first host's request, whoever's coming made them host. */
function isLearned(before: Room, after: Room): boolean {
  const host = hostOf(after);
  return before.language === null && after.language === 'R' && host?.peerId === 1 && host.askedAt !== null;
}

function verdictsIn({ seats }: Room): number {
  return seats.filter(({ verdict }) => verdict !== null).length;
}
