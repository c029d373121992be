import { OpCode } from '../../protocol/opcodes.ts';
import { askMatch } from '../server/ask-match.ts';
import { isRoom } from '../server/match-label.ts';
import { count } from '../server/metrics.ts';
import { settingsIn } from '../server/settings.ts';
import { isTracked } from '../server/streams.ts';
import { lastJoined } from './last-joined.ts';
import { passOn, stayBehind } from './short-way.ts';

/**
 * Before MatchDataSend: takes a room's messages to the match at once instead of on its next tick, or passes them on
 * by itself where the match need not be asked. Everything else passes as it came; this runs for every match data message
 * on the server, so the cheapest test is first.
 */
export function beforeMatchDataSend(
  ctx: nkruntime.Context,
  logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  envelope: nkruntime.EnvelopeMatchDataSend,
): nkruntime.EnvelopeMatchDataSend {
  const { userId = '', sessionId = '' } = ctx;
  const { opCode = '0', data, presences, reliable = false } = envelope.matchDataSend as DataSent;
  const matchId = envelope.matchDataSend.matchId || matchMeant(nk, sessionId);
  if (opCode === SIGNAL && passOn(nk, settingsIn(ctx), matchId, sessionId, data ?? '')) return TAKEN;
  if (!isRoom(nk, matchId)) return envelope;
  // As in Nakama, which drops what comes from outside: a stranger must not reach a room's signal queue. What they
  // wrote, which may be much, need not go back to be dropped.
  if (!isTracked(nk, matchId, userId, sessionId)) return TAKEN;

  const recipients = presences?.length
    ? presences.slice(0, MAX_RECIPIENTS).map((presence) => presence.sessionId)
    : null;
  const message = { from: sessionId, opCode: Number(opCode), recipients, reliable, payload: data ?? '' };
  const { outcome } = askMatch(nk, matchId, { type: 'data', data: message });
  if (outcome === 'busy') {
    logger.warn('a message of session %s is lost: match %s is stuck', sessionId, matchId);
    count(nk, 'online_match_messages_dropped_total', { reason: 'match-stuck' });
  }
  if (outcome === 'overdue') stayBehind(nk, matchId, sessionId);
  return TAKEN;
}

const SIGNAL = String(OpCode.WEBRTC_PEER_METHOD);

/** What the hook is given; the typings leave a field out. */
type DataSent = nkruntime.EnvelopeMatchDataSend['matchDataSend'] & { readonly reliable?: boolean };

/** More than there are in any room; nobody can be meant by the others. */
const MAX_RECIPIENTS = 128;

/** Nakama drops data for a relayed match that does not exist; null would close the client's socket. */
const TAKEN: nkruntime.EnvelopeMatchDataSend = {
  matchDataSend: { matchId: '00000000-0000-0000-0000-000000000000.', opCode: '0' },
};

/**
 * Nakama's own presence events may reach a matched player before the reply to their join. Then the addon offers
 * connections before it knows its match's id, and gives up at the error that Nakama answers to that.
 */
function matchMeant(nk: nkruntime.Nakama, sessionId: string): string {
  return lastJoined(nk, sessionId) ?? '';
}
