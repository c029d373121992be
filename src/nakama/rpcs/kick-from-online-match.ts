import { decodeKickRequest, encodeKicked } from '../../protocol/rpcs/kick-from-online-match.ts';
import { valueOrThrow } from '../server/throw-refusal.ts';
import { commandMatch } from './command-match.ts';

/**
 * `kick_from_online_match`: `{match_id, term?, peer_id, ban?, reason?}` → `{match_id, peer_id, banned}`. Only the host
 * may. The player's user is told, with the reason, and is out with all their seats; banned, they do not come in again.
 * Errors: `bad-request`, `match-not-found`, `stale-term`, `not-host`, `no-such-player`, `busy`.
 */
export function kickFromOnlineMatch(
  ctx: nkruntime.Context,
  _logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  payload: string,
): string {
  const request = valueOrThrow(nk, decodeKickRequest(payload));
  const { matchId, term, peerId, ban, reason } = request;
  commandMatch(ctx, nk, matchId, { name: 'kick', term, peerId, ban, reason });
  return encodeKicked(request);
}
