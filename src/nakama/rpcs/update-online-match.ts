import { encodeListed } from '../../protocol/rpcs/get-online-match.ts';
import { decodeUpdateRequest } from '../../protocol/rpcs/update-online-match.ts';
import { refuseCounts } from '../../room/terms.ts';
import { lockFor } from '../match/passwords.ts';
import { labelOfMatch } from '../server/match-label.ts';
import { boundsIn, settingsIn } from '../server/settings.ts';
import { throwNotFound, throwRefusal, valueOrThrow } from '../server/throw-refusal.ts';
import { commandMatch } from './command-match.ts';

/**
 * `update_online_match`: `{match_id, term?, name?, visibility?, properties?, password?: text | null, min_players?,
 * max_players?}` → as `get_online_match`. Only the host may; what is not named stays. A new password replaces the old
 * one, null takes it away. Errors: `bad-request`, `match-not-found`, `stale-term`, `not-host`, `match-full`, `busy`.
 */
export function updateOnlineMatch(
  ctx: nkruntime.Context,
  _logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  payload: string,
): string {
  const request = valueOrThrow(nk, decodeUpdateRequest(payload));
  const { matchId, term, name: roomName, visibility, properties, minPlayers, maxPlayers, password } = request;
  const bounds = boundsIn(settingsIn(ctx));
  const refusal = refuseCounts(
    ['min_players', minPlayers ?? bounds.lowest],
    ['max_players', maxPlayers ?? bounds.highest],
    bounds,
  );
  if (refusal !== null) throwRefusal(nk, refusal);
  const hasPassword = password === null ? null : password !== '';
  const lock = password ? lockFor(nk, password) : undefined;
  const asked = { roomName, visibility, properties, hasPassword, minPlayers, maxPlayers };
  commandMatch(ctx, nk, matchId, { name: 'update', term, ...asked }, lock);
  return encodeListed(matchId, labelOfMatch(nk, matchId) ?? '') ?? throwNotFound(nk);
}
