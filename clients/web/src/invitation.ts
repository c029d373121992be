import type { Notification } from '@heroiclabs/nakama-js';
import {
  decodeInvitation,
  INVITATION_CODE,
  type Invitation,
} from '../../../src/protocol/rpcs/invite-to-online-match.ts';

/**
 * The invitation to a match that a Nakama notification brings, as `socket.onnotification` gets it; null where it is
 * another. `joinMatch(invitation.matchId)` accepts it.
 */
export function invitationIn({ code, content }: Notification): Invitation | null {
  return code === INVITATION_CODE ? decodeInvitation(JSON.stringify(content ?? null)) : null;
}
