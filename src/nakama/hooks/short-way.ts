import { OpCode } from '../../protocol/opcodes.ts';
import type { Reach } from '../../room/messages/short-way.ts';
import { isJson, read } from '../match/read-message.ts';
import { mayBeSent, noteSent } from '../server/pace.ts';
import { notePassed, type Passed, passedOf } from '../server/passed.ts';
import { nodeOf, reachOf } from '../server/reaches.ts';
import type { Settings } from '../server/settings.ts';
import { type Address, isTracked, sendRawTo } from '../server/streams.ts';
import { afterTaking } from '../server/token-bucket.ts';

/**
 * The short way of a signal: from one player who is in to another, by what is known of them here, without a word to their
 * match. Everything that is not quite as it should be goes the long way, where it is dropped and counted. Answers whether
 * it is done with.
 */
export function passOn(
  nk: nkruntime.Nakama,
  settings: Settings,
  matchId: string,
  sessionId: string,
  payload: string,
): boolean {
  const from = reachOf(nk, matchId, sessionId);
  if (from === null || !maySay(settings, from, payload)) return false;
  const said = read(nk, OpCode.WEBRTC_PEER_METHOD, payload)?.content;
  if (said?.type !== 'peer-method' || said.target === sessionId) return false;
  const node = nodeOf(nk, matchId, said.target);
  if (node === null) return false;
  const before = passedOf(nk, matchId, sessionId);
  const now = Date.now();
  // What came the long way must not be overtaken; and Nakama passes on nothing of who is not in any more.
  if (now < before.behindUntil || !isTracked(nk, matchId, from.userId, sessionId)) return false;
  const isCandidate = said.kind === 'candidate';
  const fullAt = afterCharge(before, isCandidate, from, settings, now);
  if (fullAt === null) {
    notePassed(nk, matchId, sessionId, { ...before, overBudget: before.overBudget + 1 });
    return true;
  }
  noteSent(nk, sessionId);
  // More than a player may be sent at once goes by the match, one after the other, which counts it, too.
  const isInTime = mayBeSent(nk, said.target);
  notePassed(nk, matchId, sessionId, {
    relayed: isInTime ? before.relayed + 1 : before.relayed,
    overBudget: before.overBudget,
    descriptionsFullAt: isCandidate ? before.descriptionsFullAt : fullAt,
    candidatesFullAt: isCandidate ? fullAt : before.candidatesFullAt,
    behindUntil: before.behindUntil,
  });
  if (isInTime) send(nk, matchId, from, { sessionId: said.target, node }, payload);
  return isInTime;
}

/** A message of this session waits for its match, which did not answer in time. What comes next stays behind it. */
export function stayBehind(nk: nkruntime.Nakama, matchId: string, sessionId: string): void {
  const behindUntil = Date.now() + LONGEST_WAIT_MS;
  notePassed(nk, matchId, sessionId, { ...passedOf(nk, matchId, sessionId), behindUntil });
}

/** A match that has not come to a message by then will not. */
const LONGEST_WAIT_MS = 60_000;

function maySay({ ONLINE_MATCH_MAX_MESSAGE_BYTES }: Settings, { speaks }: Reach, payload: string): boolean {
  if (speaks === null || payload === '' || !isSurelyWithin(ONLINE_MATCH_MAX_MESSAGE_BYTES, payload))
    return false;
  return speaks === 'any' || isJson(payload) === (speaks === 'json');
}

/** By its length alone: of a text in base64 that may be too long by a byte or two, the match finds out. */
function isSurelyWithin(bytes: number, base64: string): boolean {
  return (base64.length / 4) * 3 <= bytes;
}

/** When the sender's budget, which is as large as the match's, will be full again; null for too much. */
function afterCharge(
  { candidatesFullAt, descriptionsFullAt }: Passed,
  isCandidate: boolean,
  { others }: Reach,
  settings: Settings,
  nowMs: number,
): number | null {
  const burst = isCandidate ? settings.ONLINE_MATCH_CANDIDATE_BURST : settings.ONLINE_MATCH_DESCRIPTION_BURST;
  const size = burst * others;
  const bucket = { size, perMinute: (60 * size) / settings.ONLINE_MATCH_REFILL_SEC };
  return afterTaking(bucket, isCandidate ? candidatesFullAt : descriptionsFullAt, nowMs);
}

function send(nk: nkruntime.Nakama, matchId: string, from: Reach, to: Address, payload: string): void {
  const presence = { user_id: from.userId, session_id: from.sessionId, username: from.username };
  const op_code = OpCode.WEBRTC_PEER_METHOD;
  sendRawTo(nk, to, {
    match_data: { match_id: matchId, op_code, data: payload, reliable: true, presence },
  });
}
