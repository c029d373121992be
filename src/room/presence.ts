import { introduce } from './introduction.ts';
import { isLikeRelayed } from './language.ts';
import { removeMembers, updateMembers } from './members.ts';
import { hostOf, isHost, isIntroduced, memberOf, playersOf } from './queries.ts';
import { type Founding, type Member, type Out, type Room, type Step, without } from './room.ts';

/** For so long after members were told who is here, a leave may have overtaken what they were told. */
const GHOST_TICKS = 2;

/** Nakama reports that these sessions joined. Their reply may still be on its way: nothing is sent to them for that alone. */
export function join(room: Room, sessionIds: readonly string[], tick: number): Step {
  const joined = updateMembers(room, (member) =>
    !member.joined && sessionIds.includes(member.sessionId) ? { ...member, joined: true, since: tick } : null,
  );
  return introduce(joined, tick);
}

/** This session is known to have the reply to its join. May come before `join`, and again. */
export function hear(room: Room, sessionId: string, tick: number): Step {
  // Every message of his comes by here, and all but the first are no news.
  if (memberOf(room, sessionId)?.heard) return introduce(room, tick);
  const heard = updateMembers(room, (member) =>
    member.sessionId === sessionId ? { ...member, heard: true } : null,
  );
  return introduce(heard, tick);
}

/** These sessions are gone from the match, or were never in it. */
export function leave(room: Room, sessionIds: readonly string[], tick: number): Step {
  const gone = sessionIds.map((sessionId) => memberOf(room, sessionId)).filter((member) => member !== null);
  if (gone.length === 0) return { room, out: [] };
  const left = gone.reduce((before, member) => remove(before, member, tick), room);
  const introduced = introduce(left, tick);
  return {
    room: introduced.room,
    out: [...gone.flatMap((one) => repeatLeave(left, one, tick)), ...introduced.out],
  };
}

function remove(room: Room, gone: Member, tick: number): Room {
  const left = removeMembers(room, [gone], tick);
  const withdrawn: Room = { ...left, founding: withdraw(left.founding, gone) };
  return isHost(gone) ? loseHost(withdrawn, tick) : withdrawn;
}

/** Nobody is left who could say that it is the addon's game; or the room is closed. */
function loseHost(room: Room, tick: number): Room {
  if (isLikeRelayed(room)) return { ...room, language: 'plain' };
  const unsure = unannouncedPlayers(room).filter(({ since }) => tick - since <= GHOST_TICKS);
  return { ...room, hostLeft: true, unsureOfHost: unsure.map(({ sessionId }) => sessionId) };
}

/** Who was introduced and left cannot come back under the same peer id: the others have forgotten him. */
function withdraw(founding: Founding, gone: Member): Founding {
  if (founding.kind !== 'matched' || !isIntroduced(gone)) return founding;
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
function repeatLeave(room: Room, gone: Member, tick: number): Out[] {
  if (!isIntroduced(gone)) return repeatAskersLeave(room, gone, tick);
  if (isHost(gone) || isLikeRelayed(room) || tick - room.introducedAt > GHOST_TICKS) return [];
  return unannouncedPlayers(room).map((to) => ({ type: 'presences', to, joins: [], leaves: [gone] }));
}

/** Those who announced themselves are told the room itself, and would take a 9003 for their own. */
function unannouncedPlayers(room: Room): Member[] {
  return playersOf(room).filter(({ announced }) => !announced);
}

/** The same of a request to be let in, which an adopted room's host is sent of somebody not yet introduced. */
function repeatAskersLeave(room: Room, gone: Member, tick: number): Out[] {
  const host = room.founding.kind === 'adopted' ? hostOf(room) : null;
  if (host === null || !gone.asked || tick - gone.since > GHOST_TICKS) return [];
  return [{ type: 'presences', to: host, joins: [], leaves: [gone] }];
}
