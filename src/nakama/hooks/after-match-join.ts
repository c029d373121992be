import { isRoomLabel } from '../../protocol/label.ts';
import type { Session } from '../../room/seats/seat.ts';
import { askMatch } from '../server/ask-match.ts';
import { isTracked, sendRawTo, streamOf } from '../server/streams.ts';
import { rememberJoin } from './last-joined.ts';

/** What the hook is given; the typings of envelopes know only requests. */
interface JoinReply {
  readonly match: {
    readonly matchId: string;
    readonly label?: string;
    readonly presences?: readonly { readonly sessionId: string }[];
  };
}

/**
 * After MatchJoin: the reply is queued on the socket by now, so that whatever the room sends will come after
 * it. From matchJoin it would usually overtake the reply. Should this be lost, the room's clock notices.
 */
export function afterMatchJoin(
  ctx: nkruntime.Context,
  _logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  output: nkruntime.Envelope | null,
): void {
  const { matchId, label, presences = [] } = (output as unknown as JoinReply).match;
  const { sessionId = '', userId = '', username = '', node } = ctx;
  if (!isRoomLabel(label ?? '')) return;
  const who = { sessionId, userId, username, node };
  if (isTracked(nk, matchId, userId, sessionId)) {
    rememberJoin(nk, sessionId, matchId);
    completeReply(nk, matchId, who, presences);
    askMatch(nk, matchId, { type: 'answered', who });
  } else {
    // The session left a moment ago, or its socket died on the way in; then Nakama does not let the signal through.
    askMatch(nk, matchId, { type: 'lost', who });
  }
}

/**
 * Nakama lists who is in before it tracks the joiner, so that the reply may lack who joined at the same time, and
 * always lacks an adopted room's host. Whoever is tracked only after this is told of by Nakama's own event.
 */
function completeReply(
  nk: nkruntime.Nakama,
  matchId: string,
  to: Session,
  listed: readonly { readonly sessionId: string }[],
): void {
  const known = [to, ...listed].map(({ sessionId }) => sessionId);
  const joins = nk
    .streamUserList(streamOf(matchId), false, true)
    .filter(({ sessionId }) => !known.includes(sessionId))
    .map(({ userId, sessionId, username }) => ({ user_id: userId, session_id: sessionId, username }));
  if (joins.length > 0) sendRawTo(nk, to, { match_presence_event: { match_id: matchId, joins } });
}
