import { encodeCheckpoint } from '../../protocol/checkpoint.ts';
import { encodeBinaryJoinError, encodeBinaryJoinSuccess } from '../../protocol/dialects/binary.ts';
import { encodeSlowDown } from '../../protocol/fallback.ts';
import { encodeJoinError } from '../../protocol/join-error.ts';
import { encodeJoinSuccess } from '../../protocol/join-success.ts';
import { OpCode, OpCodeR } from '../../protocol/opcodes.ts';
import { addressSnapshot, encodeSnapshot } from '../../protocol/snapshot.ts';
import type { Identity } from '../../room/founding.ts';
import type { Session } from '../../room/seats/seat.ts';
import type { Out, Snapshot } from '../../room/step.ts';
import { iceServersOf } from '../server/ice-servers.ts';
import { count } from '../server/metrics.ts';
import { sendRaw, sendRawTo } from '../server/streams.ts';
import { checkpointOf, keepCheckpoint } from './checkpoints.ts';
import { keepLock } from './passwords.ts';

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
      match.logger.error('could not deliver %s to %s: %s', one.type, addresseesOf(one), String(error));
    }
  }
}

function carryOut(match: Match, out: Out): void {
  switch (out.type) {
    case 'data':
      sendData(match, [out.to], out.opCode, {
        data: out.payload,
        reliable: out.reliable,
        presence: presenceOf(out.from),
      });
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
      sendRawTo(match.nk, out.to, { match_presence_event: event });
      break;
    }
    case 'snapshot':
      sendSnapshots(match, out);
      break;
    case 'keep-checkpoint':
      keepCheckpoint(match.nk, match.id, out.payload);
      break;
    case 'keep-password':
      keepLock(match.nk, match.id);
      break;
    case 'checkpoint': {
      const { to, term, sequence } = out;
      const data = checkpointOf(match.nk, match.id);
      if (data !== null) {
        sendText(match, [to], OpCode.CHECKPOINT_RESTORED, encodeCheckpoint({ term, sequence, data }));
      }
      break;
    }
    case 'host-check':
      sendData(match, [out.to], OpCode.HOST_CHECK, { data: '', reliable: true });
      break;
    case 'slow-down':
      sendText(match, [out.to], OpCode.SLOW_DOWN, encodeSlowDown(out.ms));
      break;
    case 'kick':
      match.dispatcher.matchKick([asPresence(out.to)]);
  }
}

function addresseesOf(out: Out): string {
  if (out.type === 'keep-checkpoint' || out.type === 'keep-password') return 'the memory';
  return out.type === 'snapshot' ? 'those who announced themselves' : `session ${out.to.sessionId}`;
}

/** To all in one: for Nakama, one message to 15 costs little more than one to one. */
function sendSnapshots(match: Match, { to, newcomers, view }: Snapshot): void {
  const room = encodeSnapshot(view);
  for (const one of newcomers) {
    const ice = iceServersOf(match.ctx, match.nk, one.userId);
    sendText(match, [one], OpCode.ROOM, addressSnapshot(room, one.sessionId, ice));
  }
  sendText(match, to, OpCode.ROOM, room);
}

/** What the server says itself. */
function sendText(match: Match, to: readonly Session[], opCode: number, data: string | ArrayBuffer): void {
  sendData(match, to, opCode, { data: match.nk.base64Encode(data), reliable: true });
}

/** Not by `dispatcher.broadcastMessage`, which puts the sender's session id in the place of their username. */
function sendData(
  match: Match,
  to: readonly Session[],
  opCode: number,
  message: { readonly data: string; readonly reliable: boolean; readonly presence?: object },
): void {
  sendRaw(match.nk, to, { match_data: { match_id: match.id, op_code: opCode, ...message } });
}

function presenceOf({ userId, sessionId, username }: Identity): object {
  return { user_id: userId, session_id: sessionId, username };
}

function asPresence({ userId, sessionId, username, node }: Session): nkruntime.Presence {
  return { userId, sessionId, username, node };
}
