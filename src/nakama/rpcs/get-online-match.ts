import { decodeGetRequest, encodeListed } from '../../protocol/rpcs/get-online-match.ts';
import { labelOfMatch } from '../server/match-label.ts';
import { throwNotFound, valueOrThrow } from '../server/throw-refusal.ts';

/**
 * `get_online_match`: `{match_id}` → `{match_id, phase, players, open_seats, min_players, max_players,
 * client_version, host}`, as a lobby shows it; the match itself is not disturbed. Errors: `bad-request`,
 * `match-not-found`.
 */
export function getOnlineMatch(
  _ctx: nkruntime.Context,
  _logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  payload: string,
): string {
  const { matchId } = valueOrThrow(nk, decodeGetRequest(payload));
  return encodeListed(matchId, labelOfMatch(nk, matchId) ?? '') ?? throwNotFound(nk);
}
