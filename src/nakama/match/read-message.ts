import { decodeBinary } from '../../protocol/binary.ts';
import type { Utterance } from '../../protocol/content.ts';
import { decodeJson } from '../../protocol/json.ts';
import { receive } from '../../room/receive.ts';
import type { Data } from '../server/signals.ts';
import type { Match } from './deliver.ts';
import { type State, settle } from './state.ts';
import { noteTraffic } from './tally.ts';

/** A client's match data has come to the match, by the hook's signal or on the tick. */
export function receiveData(match: Match, state: State, data: Data, tick: number): State {
  const { from, opCode, recipients, payload } = data;
  const message = {
    from,
    opCode,
    bytes: bytesOf(payload),
    isJson: JSON_START.test(payload),
    read: () => read(match.nk, opCode, payload),
    recipients,
    payload,
  };
  const step = receive(state.room, state.traffic, message, tick);
  const tally = noteTraffic(state.tally, state.traffic);
  const { room, rest } = state;
  return settle(match, { room, rest, traffic: step.traffic, tally }, step);
}

/** How base64 begins of what begins with an opening brace. */
const JSON_START = /^e[w-z0-9+/]/;

function read(nk: nkruntime.Nakama, opCode: number, payload: string): Utterance | null {
  try {
    const data = nk.base64Decode(payload);
    return JSON_START.test(payload)
      ? decodeJson(opCode, nk.binaryToString(data))
      : decodeBinary(opCode, data);
  } catch {
    // Not UTF-8.
    return null;
  }
}

/** How many bytes a text in padded base64 stands for. */
function bytesOf(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}
