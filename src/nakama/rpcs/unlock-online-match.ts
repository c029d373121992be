import { refuse } from '../../protocol/refusal.ts';
import { decodeUnlockRequest, encodeUnlocked } from '../../protocol/rpcs/unlock-online-match.ts';
import { isRoom } from '../server/match-label.ts';
import { takeRequest } from '../server/requests.ts';
import { resolveMatch } from '../server/resolve-code.ts';
import { settingsIn } from '../server/settings.ts';
import { throwNotFound, throwRefusal, valueOrThrow } from '../server/throw-refusal.ts';
import { ask } from './command-match.ts';

/**
 * `unlock_online_match`: `{match_id | code, password}` → `{match_id}`: the caller's next join within a minute needs no
 * password. Errors: `bad-request`, `match-not-found`, `banned`, `match-sealed`, `host-left`, `wrong-password`,
 * `too-many-requests`, `busy`.
 */
export function unlockOnlineMatch(
  ctx: nkruntime.Context,
  _logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  payload: string,
): string {
  const { match, password } = valueOrThrow(nk, decodeUnlockRequest(payload));
  const { userId, clientIp } = ctx;
  if (!userId)
    return throwRefusal(nk, refuse('bad-request', 'only a player can unlock a match for themselves'));
  const settings = settingsIn(ctx);
  takeRequest(nk, settings, ctx);
  const matchId = resolveMatch(nk, settings, ctx, match);
  if (matchId === null || !isRoom(nk, matchId)) return throwNotFound(nk);
  ask(nk, matchId, { type: 'unlocking', userId, clientIp, password });
  return encodeUnlocked(matchId);
}
