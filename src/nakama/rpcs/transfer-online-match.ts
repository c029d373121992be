import { decodeTransferRequest, encodeTransferred } from '../../protocol/rpcs/transfer-online-match.ts';
import { throwNotFound, valueOrThrow } from '../server/throw-refusal.ts';
import { commandMatch } from './command-match.ts';

/**
 * `transfer_online_match`: `{match_id, peer_id, term?}` → `{match_id, host: {peer_id, term}}`. The host makes another
 * player host, who is here and announced themselves.
 * Errors: `bad-request`, `match-not-found`, `stale-term`, `not-host`, `no-such-player`, `busy`.
 */
export function transferOnlineMatch(
  ctx: nkruntime.Context,
  _logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  payload: string,
): string {
  const { matchId, peerId, term } = valueOrThrow(nk, decodeTransferRequest(payload));
  const { host } = commandMatch(ctx, nk, matchId, { name: 'transfer', peerId, term });
  return host === null ? throwNotFound(nk) : encodeTransferred(matchId, host);
}
