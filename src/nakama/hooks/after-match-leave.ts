import { askMatch } from '../server/ask-match.ts';
import { isRoom } from '../server/match-label.ts';

/**
 * After MatchLeave: of an adopted room's host Nakama tells the match nothing, as it does not count them among its
 * presences. Of everybody else the room learns it twice, which changes nothing.
 */
export function afterMatchLeave(
  { sessionId = '' }: nkruntime.Context,
  _logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  _output: nkruntime.Envelope | null,
  input: nkruntime.EnvelopeMatchLeave,
): void {
  const { matchId = '' } = input.matchLeave as { readonly matchId?: string };
  if (isRoom(nk, matchId)) askMatch(nk, matchId, { type: 'left', sessionIds: [sessionId] });
}
