import type { Phase } from '../protocol/label.ts';
import type { Member, Room } from './room.ts';

const HOST_PEER_ID = 1;

/** A tick that does not come. */
export const NEVER = Number.MAX_SAFE_INTEGER;

export function memberOf(room: Room, sessionId: string): Member | null {
  return room.members.find((member) => member.sessionId === sessionId) ?? null;
}

/** In the room for sure: Nakama reported his join, and he has the reply to it. */
export function isConfirmed(member: Member): boolean {
  return member.joined && member.heard;
}

/** Knows who is here, and the others know of him. */
export function isIntroduced(member: Member): boolean {
  return member.introduced;
}

export function hostOf(room: Room): Member | null {
  return room.members.find((member) => isHost(member)) ?? null;
}

export function isHost({ peerId }: { readonly peerId: number }): boolean {
  return peerId === HOST_PEER_ID;
}

export function playersOf(room: Room): readonly Member[] {
  return room.members.filter(isIntroduced);
}

/** The version that a joiner must have; null while nobody has named one, or an addon's host has not. */
export function versionOf(room: Room): string | null {
  if (room.founding.kind === 'adopted') return room.version;
  return room.version ?? room.members.find(({ version }) => version !== null)?.version ?? null;
}

export function isCreator(room: Room, who: { readonly userId: string; readonly sessionId: string }): boolean {
  if (room.founding.kind !== 'created') return false;
  const { userId, sessionId } = room.founding.creator;
  return sessionId === null ? userId === who.userId : sessionId === who.sessionId;
}

/** The creator as a member, from his join attempt on; a second socket of the same user is not he. */
export function creatorOf(room: Room): Member | null {
  return room.members.find((member) => isCreator(room, member)) ?? null;
}

/** Whether the creator's seat is kept for him: he has not come yet and is still waited for. */
export function isCreatorAwaited(room: Room): boolean {
  return room.founding.kind === 'created' && room.lastPeerId === 0 && creatorOf(room) === null;
}

/** Seats that nobody has taken or reserved, whether or not the room is open. */
export function freeSeatsOf(room: Room): number {
  return room.rules.maxPlayers - room.members.length - (isCreatorAwaited(room) ? 1 : 0);
}

/** Seats that anybody can have now. */
export function openSeatsOf(room: Room): number {
  return isOpen(room) && room.founding.kind !== 'matched' ? Math.max(0, freeSeatsOf(room)) : 0;
}

export function isOpen(room: Room): boolean {
  return room.sealedBy === null && !room.hostLeft;
}

export function phaseOf(room: Room): Phase {
  if (room.hostLeft) return 'closed';
  if (room.sealedBy !== null) return 'sealed';
  if (!room.entered) return 'waiting';
  return room.members.filter(isConfirmed).length < room.rules.minPlayers ? 'gathering' : 'ready';
}

/** Where the room is for its operator: another game's, of which the phases say little, is "plain". */
export type MetricPhase = Phase | 'plain';

export function metricPhaseOf(room: Room): MetricPhase {
  return room.language === 'plain' ? 'plain' : phaseOf(room);
}

/** Whether all who are to play are in for sure: those whom the matchmaker put together, else all who came, and enough of them. */
export function areAllConfirmed({ founding, members, rules }: Room): boolean {
  if (!members.every(isConfirmed)) return false;
  if (founding.kind !== 'matched') return members.length >= rules.minPlayers;
  const { invitations } = founding;
  return invitations.length > 0 && invitations.length === members.length;
}

/** A signal that is on its way when Nakama ends the match gets no answer, which holds up its socket for 10 s. */
const LINGER_TICKS = 2;

/** Whether nobody is in the room, nobody will be, and nothing of those who were is still on its way. */
export function isOver(room: Room, tick: number): boolean {
  return tick >= endOf(room);
}

/** The tick at which the room is over if nobody comes. */
export function endOf(room: Room): number {
  const { members, founding, rules } = room;
  if (members.length > 0) return NEVER;
  const isClosed = room.hostLeft || room.sealedBy === 'shutdown';
  const isDone = isClosed || (founding.kind === 'matched' && founding.invitations.length === 0);
  const patience = isDone ? 0 : room.entered ? rules.emptyTicks : rules.unjoinedTicks;
  return room.emptySince + Math.max(LINGER_TICKS, patience);
}
