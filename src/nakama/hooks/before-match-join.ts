import { isRoom } from '../server/match-label.ts';

/**
 * Before MatchJoin: games pass ids around with a dot at the end, as those of Nakama's relayed matches have.
 * Without it, the reply carries the clean id, and the client goes by that.
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
  if (clean === matchId || !isRoom(nk, clean)) return envelope;
  return { ...envelope, matchJoin: { ...matchJoin, matchId: clean } as nkruntime.MatchJoinMessage };
}
