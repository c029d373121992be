import { isDesertedIn, isRoomLabel } from '../../protocol/label.ts';
import { labelOfMatch } from '../server/match-label.ts';

/**
 * Before MatchJoin: games pass ids around with a dot at the end, as those of Nakama's relayed matches have.
 * Without it, the reply carries the clean id, and the client goes by that. A match that all have left is gone for
 * Nakama's relayed matches, and for ours two seconds later: it is not found either.
 */
export function beforeMatchJoin(
  _ctx: nkruntime.Context,
  _logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  envelope: nkruntime.EnvelopeMatchJoin,
): nkruntime.EnvelopeMatchJoin {
  const matchJoin = envelope.matchJoin as nkruntime.MatchJoinMessage & { matchId?: string };
  const { matchId = '' } = matchJoin;
  const clean = matchId.replace(/\.$/, '');
  const label = labelOfMatch(nk, clean);
  if (label === null || !isRoomLabel(label)) return envelope;
  const meant = isDesertedIn(label) ? NOT_FOUND : clean;
  if (meant === matchId) return envelope;
  return { ...envelope, matchJoin: { ...matchJoin, matchId: meant } as nkruntime.MatchJoinMessage };
}

/** The id of a relayed match that does not exist. */
const NOT_FOUND = '00000000-0000-4000-8000-000000000000.';
