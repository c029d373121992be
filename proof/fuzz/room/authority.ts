import { memberOf } from '../../../src/room/queries.ts';
import type { Room } from '../../../src/room/room.ts';

/** What a message did to the room that only an adopted room's host may do, where it was not his; else null. */
export function overreachOf(before: Room, after: Room, from: string): string | null {
  if (before.founding.kind === 'adopted' && before.founding.hostSessionId === from) return null;
  const lost = before.members.find(
    ({ sessionId }) => sessionId !== from && memberOf(after, sessionId) === null,
  );
  if (lost !== undefined) return `${lost.username} is sent away by somebody who is not the host`;
  if (after.sealedBy !== before.sealedBy)
    return 'the room is sealed by a message of somebody who is not the host';
  if (after.language !== before.language)
    return 'what somebody says who is not the host changes the language';
  return verdictsIn(after) > verdictsIn(before) ? 'somebody who is not the host decides who is in' : null;
}

function verdictsIn({ founding }: Room): number {
  return founding.kind === 'adopted' ? founding.granted.length + founding.refused.length : 0;
}
