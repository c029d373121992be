import { encodeBinaryJoinError, encodeBinaryJoinSuccess } from '../../protocol/binary.ts';
import { encodeJoinError, encodeJoinSuccess } from '../../protocol/join.ts';
import { OpCode, OpCodeR } from '../../protocol/opcodes.ts';
import type { Identity, Out, Recipient } from '../../room/room.ts';
import { count } from '../server/metrics.ts';
import { sendRaw } from '../server/streams.ts';

/** A match as its callbacks see it. */
export interface Match {
  readonly ctx: nkruntime.Context;
  readonly id: string;
  /** The label as it is now. */
  readonly label: () => string;
  readonly nk: nkruntime.Nakama;
  readonly logger: nkruntime.Logger;
  readonly dispatcher: nkruntime.MatchDispatcher;
}

/** Carries out what a transition asked for, in its order. One that fails is logged and hinders no other. */
export function deliver(match: Match, out: readonly Out[]): void {
  for (const one of out) {
    try {
      carryOut(match, one);
    } catch (error) {
      match.logger.error('could not deliver %s to session %s: %s', one.type, one.to.sessionId, String(error));
    }
  }
}

function carryOut(match: Match, out: Out): void {
  switch (out.type) {
    case 'data':
      sendData(match, [out.to], out.opCode, out.payload, presenceOf(out.from));
      break;
    case 'join-success': {
      const opCode = out.dialect === 'R' ? OpCodeR.JOIN_SUCCESS : OpCode.JOIN_SUCCESS;
      const encode = out.dialect === 'C' ? encodeBinaryJoinSuccess : encodeJoinSuccess;
      sendText(match, [out.to], opCode, encode(out.players, out.clientVersion));
      break;
    }
    case 'join-error': {
      const encode = out.dialect === 'C' ? encodeBinaryJoinError : encodeJoinError;
      sendText(match, [out.to], OpCode.JOIN_ERROR, encode(out.to.sessionId, out.code, out.reason));
      count(match.nk, 'online_match_refusals_total', { kind: 'join', code: out.code });
      break;
    }
    case 'presences': {
      const { joins, leaves } = out;
      const event = { match_id: match.id, joins: joins.map(presenceOf), leaves: leaves.map(presenceOf) };
      sendRaw(match.nk, match.id, [out.to], { match_presence_event: event });
      break;
    }
    case 'kick':
      match.dispatcher.matchKick([asPresence(out.to)]);
  }
}

/** What the server says itself. */
export function sendText(
  match: Match,
  to: readonly Recipient[],
  opCode: number,
  data: string | ArrayBuffer,
): void {
  sendData(match, to, opCode, match.nk.base64Encode(data));
}

/** Not by `dispatcher.broadcastMessage`, which puts the sender's session id in the place of his username. */
function sendData(
  match: Match,
  to: readonly Recipient[],
  opCode: number,
  data: string,
  presence?: object,
): void {
  const message = { match_id: match.id, op_code: opCode, data, reliable: true };
  sendRaw(match.nk, match.id, to, {
    match_data: presence === undefined ? message : { ...message, presence },
  });
}

function presenceOf({ userId, sessionId, username }: Identity): object {
  return { user_id: userId, session_id: sessionId, username };
}

function asPresence({ userId, sessionId, username, node }: Recipient): nkruntime.Presence {
  return { userId, sessionId, username, node };
}
