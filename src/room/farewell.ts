import { type Refusal, refuse } from '../protocol/refusal.ts';
import type { Out, Recipient } from './room.ts';

export const HOST_LEFT = refuse('host-left', 'The host of this match has left.');

/** Says why, as the addon shows it to the player, and takes him out of the match, of which Nakama tells him nothing. */
export function sendAway(whom: readonly Recipient[], { code, sentence }: Refusal): Out[] {
  return whom.flatMap((to): Out[] => [
    { type: 'join-error', to, code, reason: sentence },
    { type: 'kick', to },
  ]);
}
