import { type Refusal, refuse } from '../../protocol/refusal.ts';
import { dialectFor } from '../language.ts';
import type { Room } from '../room.ts';
import type { Session } from '../seats/seat.ts';
import { seatOf } from '../seats/seats.ts';
import type { Out } from '../step.ts';

export const HOST_LEFT = refuse('host-left', 'The host of this match has left.');

/** Tells somebody why, as the addon shows it to the player. */
export function tellRefusal(room: Room, to: Session, { code, sentence }: Refusal): Out {
  const dialect = dialectFor(room, seatOf(room, to.sessionId));
  return { type: 'join-error', to, dialect, code, reason: sentence };
}

/**
 * Tells them why, and takes them out of the match, of which Nakama tells them nothing. All are told before anybody
 * is out, so that nobody reads of another's leaving first.
 */
export function sendAway(room: Room, whom: readonly Session[], refusal: Refusal): Out[] {
  return [
    ...whom.map((to) => tellRefusal(room, to, refusal)),
    ...whom.map((to): Out => ({ type: 'kick', to })),
  ];
}
