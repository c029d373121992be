import { OpCode } from '../protocol/opcodes.ts';
import { decodePeerMethod, type PeerMethod } from '../protocol/peer-method.ts';
import { receive } from '../room/relay.ts';
import type { Match } from './deliver.ts';
import type { Data } from './signals.ts';
import { type State, settle } from './state.ts';

/** A client's match data has come to the match, by the hook's signal or on the tick. */
export function receiveData(
  match: Match,
  state: State,
  { from, opCode, payload }: Data,
  tick: number,
): State {
  const bytes = bytesOf(payload);
  const isReadable = opCode === OpCode.WEBRTC_PEER_METHOD && bytes <= state.room.rules.maxMessageBytes;
  const method = isReadable ? readPeerMethod(match.nk, payload) : null;
  const step = receive(state.room, state.traffic, { from, opCode, bytes, method, payload }, tick);
  return settle(match, { ...state, traffic: step.traffic }, step);
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
