import { refuse } from '../../protocol/refusal.ts';
import { decodeInviteRequest, encodeInvited } from '../../protocol/rpcs/invite-to-online-match.ts';
import { sendInvitations, takeInvitations } from '../server/invitations.ts';
import { settingsIn } from '../server/settings.ts';
import { throwRefusal, valueOrThrow } from '../server/throw-refusal.ts';
import { commandMatch } from './command-match.ts';

/**
 * `invite_to_online_match`: `{match_id, user_ids}` → `{match_id}`. A player of the match has others told of it by a
 * notification, with `{match_id, code, name, host}`; these need no password for ten minutes. Whoever blocks the caller
 * hears nothing. Errors: `bad-request`, `match-not-found`, `not-a-member`, `match-sealed`, `host-left`, `not-invited`,
 * `too-many-requests`, `busy`.
 */
export function inviteToOnlineMatch(
  ctx: nkruntime.Context,
  logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  payload: string,
): string {
  const { matchId, userIds } = valueOrThrow(nk, decodeInviteRequest(payload));
  const from = ctx.userId || null;
  if (from !== null) takeInvitations(nk, settingsIn(ctx), from, userIds.length);
  const { code } = commandMatch(ctx, nk, matchId, { name: 'invite', userIds, term: null });
  try {
    sendInvitations(nk, { matchId, code, from, to: userIds });
  } catch (error) {
    logger.error('invitations to match %s could not be sent: %s', matchId, String(error));
    throwRefusal(nk, refuse('busy', 'the invitations could not be sent, try again later'));
  }
  return encodeInvited(matchId);
}
