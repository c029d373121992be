import { OpCode } from '../protocol/opcodes.ts';
import { askMatch } from './ask-match.ts';
import { encodeLate } from './late.ts';
import { isRoom, isTracked } from './rooms.ts';
import type { Carried } from './signals.ts';

/**
 * Before MatchDataSend: takes a room's messages to the match at once instead of on its next tick. Everything
 * else passes as it came; this runs for every match data message on the server, so the cheapest test is first.
 */
export function beforeMatchDataSend(
  ctx: nkruntime.Context,
  logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  envelope: nkruntime.EnvelopeMatchDataSend,
): nkruntime.EnvelopeMatchDataSend {
  const { opCode, matchId, data } = envelope.matchDataSend;
  if (!isReserved(opCode) || !isRoom(nk, matchId)) return envelope;
  const { userId = '', sessionId = '' } = ctx;
  // As in Nakama, which drops what comes from outside: a stranger must not reach a room's signal queue.
  if (!isTracked(nk, matchId, userId, sessionId)) return envelope;

  const message: Carried = { opCode: Number(opCode), late: 0, payload: data ?? '' };
  const late = carry(nk, logger, matchId, sessionId, message);
  return late === null ? TAKEN : slowWay(nk, envelope, late);
}

/** Opcodes 9000–9099 are the addon's and this module's. */
function isReserved(opCode: string | undefined): boolean {
  return opCode !== undefined && opCode.length === 4 && opCode.startsWith('90');
}

/** Nakama drops data for a relayed match that does not exist; null would close the client's socket. */
const TAKEN: nkruntime.EnvelopeMatchDataSend = {
  matchDataSend: { matchId: '00000000-0000-0000-0000-000000000000.', opCode: '0' },
};

/** The message goes into the match's input queue, to be read on the next tick. */
function slowWay(
  nk: nkruntime.Nakama,
  { matchDataSend }: nkruntime.EnvelopeMatchDataSend,
  late: Carried,
): nkruntime.EnvelopeMatchDataSend {
  return {
    matchDataSend: { ...matchDataSend, opCode: String(OpCode.LATE), data: nk.base64Encode(encodeLate(late)) },
  };
}

/** Messages of one socket that the match was too busy for; each is in its input queue as well. */
interface Backlog {
  readonly last: number;
  readonly messages: readonly Carried[];
}

const BACKLOG_LIMIT = 256;
const BACKLOG_TTL_SEC = 3600;

/**
 * Hands the message to the match, with all that waits of this socket before it, so that order holds. Null
 * when the match has it, else the message as it must take the slow way. Once a match was too busy for a
 * socket, its messages are numbered: they reach the match twice and are taken once.
 *
 * The backlog is in this node's cache, which every hook of this socket sees, whichever VM it runs in and
 * whichever node the match is on.
 */
function carry(
  nk: nkruntime.Nakama,
  logger: nkruntime.Logger,
  matchId: string,
  sessionId: string,
  message: Carried,
): Carried | null {
  const key = `online_match/backlog/${matchId}/${sessionId}`;
  const stored = nk.localcacheGet(key) as string | null | undefined;
  const backlog: Backlog = stored ? JSON.parse(stored) : { last: 0, messages: [] };
  const { outcome } = askMatch(nk, matchId, {
    type: 'messages',
    sessionId,
    messages: [...backlog.messages, message],
  });
  if (outcome !== 'busy') {
    if (backlog.messages.length > 0) keep(nk, key, { last: backlog.last, messages: [] });
    return null;
  }
  if (backlog.messages.length >= BACKLOG_LIMIT) {
    logger.warn('a match is stuck: dropping a message of session %s', sessionId);
    return null;
  }
  const late = { ...message, late: Math.max(Date.now(), backlog.last + 1) };
  keep(nk, key, { last: late.late, messages: [...backlog.messages, late] });
  return late;
}

function keep(nk: nkruntime.Nakama, key: string, backlog: Backlog): void {
  nk.localcachePut(key, JSON.stringify(backlog), BACKLOG_TTL_SEC);
}
