import type { Phase } from '../protocol/label.ts';
import { isLikeRelayed } from './language.ts';
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

/** The host of an adopted room, whose word decides who is in. */
export function isAdoptedHost({ founding }: Room, { sessionId }: Pick<Member, 'sessionId'>): boolean {
  return founding.kind === 'adopted' && founding.hostSessionId === sessionId;
}

export function playersOf(room: Room): readonly Member[] {
  return room.members.filter(isIntroduced);
}

/**
 * The version that a joiner must have; null while nobody has named one who decides: an adopted room's host, the
 * creator where there is one, else whoever came first.
 */
export function versionOf(room: Room): string | null {
  if (room.version !== null || room.founding.kind === 'adopted') return room.version;
  if (room.founding.kind === 'created') return creatorOf(room)?.version ?? null;
  return room.members.find(({ version }) => version !== null)?.version ?? null;
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

/**
 * A relayed match has no bound, but a room must survive that all of them go at once: their leaves wait in the
 * match's call queue, which by default takes 128.
 */
const RELAYED_SEATS = 100;

export function seatsOf(room: Room): number {
  return isLikeRelayed(room) ? RELAYED_SEATS : room.rules.maxPlayers;
}

/** Seats that nobody has taken or reserved, whether or not the room is open. */
export function freeSeatsOf(room: Room): number {
  return seatsOf(room) - room.members.length - (isCreatorAwaited(room) ? 1 : 0);
}

/** Seats that anybody can have now. */
export function openSeatsOf(room: Room): number {
  if (!isOpen(room) || room.founding.kind === 'matched') return 0;
  return Math.max(0, Math.min(freeSeatsOf(room), room.rules.maxPlayers - room.members.length));
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
  const isClosed = room.hostLeft || room.sealedBy === 'shutdown' || (room.entered && isLikeRelayed(room));
  const isDone = isClosed || (founding.kind === 'matched' && founding.invitations.length === 0);
  const patience = isDone ? 0 : room.entered ? rules.emptyTicks : rules.unjoinedTicks;
  return room.emptySince + Math.max(LINGER_TICKS, patience);
}
