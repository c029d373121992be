import { decodeFindRequest } from '../../protocol/rpcs/find-online-match.ts';
import { encodeListed } from '../../protocol/rpcs/get-online-match.ts';
import { labelOfMatch } from '../server/match-label.ts';
import { resolveCode } from '../server/resolve-code.ts';
import { settingsIn } from '../server/settings.ts';
import { throwNotFound, valueOrThrow } from '../server/throw-refusal.ts';

/**
 * `find_online_match`: `{code}` → as `get_online_match`. Errors: `bad-request`, `match-not-found`,
 * `too-many-requests`: of wrong codes only.
 */
export function findOnlineMatch(
  ctx: nkruntime.Context,
  _logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  payload: string,
): string {
  const { code } = valueOrThrow(nk, decodeFindRequest(payload));
  const matchId = resolveCode(nk, settingsIn(ctx), ctx, code) ?? throwNotFound(nk);
  return encodeListed(matchId, labelOfMatch(nk, matchId) ?? '') ?? throwNotFound(nk);
}
