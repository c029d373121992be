import { forgetHeld } from './held.ts';
import { introduce } from './introduction.ts';
import { isHost, isIntroduced, memberOf } from './queries.ts';
import { type Founding, type Member, type Room, type Step, updateMembers, without } from './room.ts';

/** Nakama reports that these sessions joined. Their reply may still be on its way: nothing is sent to them for that alone. */
export function join(room: Room, sessionIds: readonly string[], tick: number): Step {
  return introduce(
    updateMembers(room, (member) =>
      !member.joined && sessionIds.includes(member.sessionId)
        ? { ...member, joined: true, since: tick }
        : null,
    ),
  );
}

/** This session is known to have the reply to its join. May come before `join`, and again. */
export function hear(room: Room, sessionId: string): Step {
  return introduce(
    updateMembers(room, (member) =>
      !member.heard && member.sessionId === sessionId ? { ...member, heard: true } : null,
    ),
  );
}

/** These sessions are gone from the match, or were never in it. */
export function leave(room: Room, sessionIds: readonly string[], tick: number): Step {
  const gone = sessionIds.map((sessionId) => memberOf(room, sessionId)).filter((member) => member !== null);
  return gone.length === 0
    ? { room, out: [] }
    : introduce(gone.reduce((left, member) => remove(left, member, tick), room));
}

function remove(room: Room, gone: Member, tick: number): Room {
  const members = without(room.members, [gone]);
  return forgetHeld(
    {
      ...room,
      members,
      hostLeft: room.hostLeft || isHost(gone),
      emptySince: members.length === 0 ? tick : room.emptySince,
      founding: withoutInvitation(room.founding, gone),
    },
    gone.sessionId,
  );
}

/** Who was introduced and left cannot come back under the same peer id: the others have forgotten him. */
function withoutInvitation(founding: Founding, gone: Member): Founding {
  if (founding.kind !== 'matched' || !isIntroduced(gone)) return founding;
  return {
    ...founding,
    invitations: founding.invitations.filter(({ sessionId }) => sessionId !== gone.sessionId),
  };
}
