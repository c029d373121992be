import { encodeJoinError, encodeJoinSuccess } from '../protocol/join.ts';
import { OpCode } from '../protocol/opcodes.ts';
import type { Identity, Out, Recipient } from '../room/room.ts';
import { streamOf } from './rooms.ts';

/** A match as its callbacks see it. */
export interface Match {
  readonly id: string;
  /** The label as it was before this callback. */
  readonly label: string;
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
    case 'peer-method':
      sendData(match, out.to, OpCode.WEBRTC_PEER_METHOD, out.payload, presenceOf(out.from));
      break;
    case 'join-success':
      sendText(match, out.to, OpCode.JOIN_SUCCESS, encodeJoinSuccess(out.players, out.clientVersion));
      break;
    case 'join-error':
      sendText(match, out.to, OpCode.JOIN_ERROR, encodeJoinError(out.to.sessionId, out.code, out.reason));
      break;
    case 'presences':
      send(match, out.to, {
        match_presence_event: {
          match_id: match.id,
          joins: out.joins.map(presenceOf),
          leaves: out.leaves.map(presenceOf),
        },
      });
      break;
    case 'kick':
      match.dispatcher.matchKick([asPresence(out.to)]);
  }
}

function sendText(match: Match, to: Recipient, opCode: number, text: string): void {
  sendData(match, to, opCode, match.nk.base64Encode(text));
}

function sendData(match: Match, to: Recipient, opCode: number, data: string, presence?: object): void {
  const message = { match_id: match.id, op_code: opCode, data, reliable: true };
  send(match, to, { match_data: presence === undefined ? message : { ...message, presence } });
}

/**
 * Always to one named session: with no recipient `streamSendRaw` would send to everybody. Chosen over
 * `dispatcher.broadcastMessage`, which replaces the sender's username by his session id.
 */
function send(match: Match, to: Recipient, envelope: object): void {
  // The runtime reads `nodeId`; its typings say `node`.
  const recipient = { sessionId: to.sessionId, nodeId: to.node } as unknown as nkruntime.Presence;
  match.nk.streamSendRaw(streamOf(match.id), envelope, [recipient]);
}

function presenceOf({ userId, sessionId, username }: Identity): object {
  return { user_id: userId, session_id: sessionId, username };
}

function asPresence({ userId, sessionId, username, node }: Recipient): nkruntime.Presence {
  return { userId, sessionId, username, node };
}
