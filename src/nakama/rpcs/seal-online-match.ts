import { type Refusal, refuse } from '../../protocol/refusal.ts';
import { decodeSealRequest, encodeSealed } from '../../protocol/rpcs/seal-online-match.ts';
import { type Asker, refuseAsker } from '../../room/commands.ts';
import { askMatch } from '../server/ask-match.ts';
import { isRoom } from '../server/match-label.ts';
import { isUserIn } from '../server/streams.ts';
import { throwNotFound, throwRefusal, valueOrThrow } from '../server/throw-refusal.ts';

/**
 * `seal_online_match`: `{match_id, sealed, force?}` → `{match_id, sealed}`. Only the host may; while sealed,
 * nobody new comes in. `force` seals while players are not connected, too.
 * Errors: `bad-request`, `match-not-found`, `not-host`, `too-few-players`, `links-pending`, `host-left`, `match-sealed`, `busy`.
 */
export function sealOnlineMatch(
  ctx: nkruntime.Context,
  _logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  payload: string,
): string {
  const { matchId, sealed, force } = valueOrThrow(nk, decodeSealRequest(payload));
  if (!isRoom(nk, matchId)) return throwNotFound(nk);
  const by = askerIn(ctx);
  // A stranger must not reach a room's signal queue, where their calls would keep its players waiting.
  if (by !== null && !isUserIn(nk, matchId, by.userId, by.sessionId))
    return throwRefusal(nk, refuseAsker('seal'));
  const command = { name: 'seal', sealed, force } as const;
  const answer = askMatch(nk, matchId, { type: 'commanded', by, command });
  if (answer.outcome === 'gone') return throwNotFound(nk);
  if (answer.outcome !== 'done') return throwRefusal(nk, refuse('busy', 'the match is too busy, try again'));
  const refusal = JSON.parse(answer.data) as Refusal | null;
  return refusal === null ? encodeSealed(matchId, sealed) : throwRefusal(nk, refusal);
}

function askerIn({ userId, sessionId }: nkruntime.Context): Asker {
  return userId ? { userId, sessionId: sessionId || null } : null;
}
