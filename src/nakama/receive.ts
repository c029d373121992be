import { OpCode } from '../protocol/opcodes.ts';
import { decodePeerMethod, type PeerMethod } from '../protocol/peer-method.ts';
import { receive } from '../room/relay.ts';
import type { Match } from './deliver.ts';
import { isTaken, markTaken } from './late.ts';
import type { Carried } from './signals.ts';
import { type State, settle } from './state.ts';

/** One session's messages, in their order, whichever way they came. */
export function receiveAll(
  match: Match,
  state: State,
  sessionId: string,
  messages: readonly Carried[],
  tick: number,
): State {
  return messages.reduce((before, carried) => receiveOne(match, before, sessionId, carried, tick), state);
}

function receiveOne(match: Match, state: State, from: string, carried: Carried, tick: number): State {
  const { opCode, late, payload } = carried;
  if (isTaken(state.late, from, late)) return state;

  const bytes = bytesOf(payload);
  const isReadable = opCode === OpCode.WEBRTC_PEER_METHOD && bytes <= state.room.rules.maxMessageBytes;
  const method = isReadable ? readPeerMethod(match.nk, payload) : null;
  const step = receive(state.room, state.traffic, { from, opCode, bytes, method, payload }, tick);
  const counted = { ...state, traffic: step.traffic, late: markTaken(state.late, from, late) };
  return settle(match, counted, step);
}

function readPeerMethod(nk: nkruntime.Nakama, payload: string): PeerMethod | null {
  try {
    return decodePeerMethod(nk.binaryToString(nk.base64Decode(payload)));
  } catch {
    return null;
  }
}

/** How many bytes a text in padded base64 stands for. */
function bytesOf(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}
