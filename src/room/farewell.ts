import { type Refusal, refuse } from '../protocol/refusal.ts';
import { dialectFor } from './language.ts';
import { memberOf } from './queries.ts';
import type { Out, Recipient, Room } from './room.ts';

export const HOST_LEFT = refuse('host-left', 'The host of this match has left.');

/**
 * Says why, as the addon shows it to the player, and takes them out of the match, of which Nakama tells them
 * nothing. All are told before anybody is out, so that nobody reads of another's leaving first.
 */
export function sendAway(room: Room, whom: readonly Recipient[], refusal: Refusal): Out[] {
  return [
    ...whom.map((to) => tellRefusal(room, to, refusal)),
    ...whom.map((to): Out => ({ type: 'kick', to })),
  ];
}

export function tellRefusal(room: Room, to: Recipient, { code, sentence }: Refusal): Out {
  const dialect = dialectFor(room, memberOf(room, to.sessionId));
  return { type: 'join-error', to, dialect, code, reason: sentence };
}
