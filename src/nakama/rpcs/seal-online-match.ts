import { decodeSealRequest, encodeSealed } from '../../protocol/rpcs/seal-online-match.ts';
import { valueOrThrow } from '../server/throw-refusal.ts';
import { commandMatch } from './command-match.ts';

/**
 * `seal_online_match`: `{match_id, sealed, force?, require_ready?, term?}` → `{match_id, sealed}`. Only the host may; while sealed,
 * nobody new comes in. `force` seals while players are not connected, too, and `require_ready` only when all are ready;
 * opening it again makes everybody unready.
 * Errors: `bad-request`, `match-not-found`, `stale-term`, `not-host`, `too-few-players`, `not-ready`, `links-pending`, `host-left`,
 * `match-sealed`, `busy`.
 */
export function sealOnlineMatch(
  ctx: nkruntime.Context,
  _logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  payload: string,
): string {
  const { matchId, sealed, force, requireReady, term } = valueOrThrow(nk, decodeSealRequest(payload));
  commandMatch(ctx, nk, matchId, { name: 'seal', sealed, force, requireReady, term });
  return encodeSealed(matchId, sealed);
}
