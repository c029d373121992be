import { codeIn } from '../../protocol/code.ts';
import { isDesertedIn, isRoomLabel } from '../../protocol/label.ts';
import { labelOfMatch } from '../server/match-label.ts';
import { resolveCode } from '../server/resolve-code.ts';
import { settingsIn } from '../server/settings.ts';

/**
 * Before MatchJoin: puts a room's id in the place of what clients write for it, so that the reply carries the id, and
 * the client goes by that. Games pass ids around with a dot at the end, as those of Nakama's relayed matches have, and
 * players type codes. A match that all have left is gone for Nakama's relayed matches, and for ours two seconds
 * later: it is not found either.
 */
export function beforeMatchJoin(
  ctx: nkruntime.Context,
  _logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  envelope: nkruntime.EnvelopeMatchJoin,
): nkruntime.EnvelopeMatchJoin {
  const matchJoin = envelope.matchJoin as nkruntime.MatchJoinMessage & { matchId?: string };
  const { matchId = '' } = matchJoin;
  const meant = matchMeant(ctx, nk, matchId.replace(/\.$/, ''));
  if (meant === null || meant === matchId) return envelope;
  return { ...envelope, matchJoin: { ...matchJoin, matchId: meant } as nkruntime.MatchJoinMessage };
}

/** Null for what is no room of this module's. */
function matchMeant(ctx: nkruntime.Context, nk: nkruntime.Nakama, written: string): string | null {
  const code = codeIn(written);
  const matchId = code === null ? written : (resolveCode(nk, settingsIn(ctx), ctx, code) ?? NOT_FOUND);
  const label = labelOfMatch(nk, matchId);
  if (label === null || !isRoomLabel(label)) return code === null ? null : NOT_FOUND;
  return isDesertedIn(label) ? NOT_FOUND : matchId;
}

/** The id of a relayed match that does not exist. */
const NOT_FOUND = '00000000-0000-4000-8000-000000000000.';
