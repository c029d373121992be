import { type Refusal, refuse } from '../protocol/refusal.ts';
import type { Out, Recipient } from './room.ts';

export const HOST_LEFT = refuse('host-left', 'The host of this match has left.');

/**
 * Says why, as the addon shows it to the player, and takes him out of the match, of which Nakama tells him
 * nothing. All are told before anybody is out, so that nobody reads of another's leaving first.
 */
export function sendAway(whom: readonly Recipient[], { code, sentence }: Refusal): Out[] {
  return [
    ...whom.map((to): Out => ({ type: 'join-error', to, code, reason: sentence })),
    ...whom.map((to): Out => ({ type: 'kick', to })),
  ];
}
