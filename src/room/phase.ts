import type { Phase } from '../protocol/label.ts';
import { hasLostHost } from './host/host.ts';
import { isDeserted } from './language.ts';
import type { Room } from './room.ts';
import { isConfirmed } from './seats/seat.ts';

/** A tick that does not come. */
export const NEVER = Number.MAX_SAFE_INTEGER;

export function phaseOf(room: Room): Phase {
  if (hasLostHost(room) || isDeserted(room)) return 'closed';
  if (room.sealedBy !== null) return 'sealed';
  if (!room.entered) return 'waiting';
  return room.seats.filter(isConfirmed).length < room.rules.minPlayers ? 'gathering' : 'ready';
}

/** Where the room is for its operator: another game's, of which the phases say little, is "plain". */
export type MetricPhase = Phase | 'plain';

export function metricPhaseOf(room: Room): MetricPhase {
  return room.language === 'plain' ? 'plain' : phaseOf(room);
}

/** A signal that is on its way when Nakama ends the match gets no answer, which holds up its socket for 10 s. */
const LINGER_TICKS = 2;

/** Whether nobody is in the room, nobody will be, and nothing of those who were is still on its way. */
export function isOver(room: Room, tick: number): boolean {
  return tick >= endOf(room);
}

/** The tick at which the room is over if nobody comes. */
export function endOf(room: Room): number {
  if (room.seats.length > 0) return NEVER;
  const { founding, rules, entered } = room;
  const isDone =
    hasLostHost(room) ||
    room.sealedBy === 'shutdown' ||
    isDeserted(room) ||
    (founding.kind === 'matched' && founding.invitations.length === 0);
  const patience = isDone ? 0 : entered ? rules.emptyTicks : rules.unjoinedTicks;
  return room.emptySince + Math.max(LINGER_TICKS, patience);
}

/** Whether all who are to play are in for sure: those whom the matchmaker put together, else all who came, and enough of them. */
export function areAllConfirmed({ founding, seats, rules }: Room): boolean {
  if (!seats.every(isConfirmed)) return false;
  if (founding.kind !== 'matched') return seats.length >= rules.minPlayers;
  const { invitations } = founding;
  return invitations.length > 0 && invitations.length === seats.length;
}
