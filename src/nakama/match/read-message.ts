import { decodeBinary } from '../../protocol/dialects/binary.ts';
import type { Utterance } from '../../protocol/dialects/dialect.ts';
import { decodeJson } from '../../protocol/dialects/json.ts';
import type { Message } from '../../room/messages/traffic.ts';
import type { Data } from '../server/signals.ts';

/** A client's match data as the room takes it. */
export function messageIn(
  nk: nkruntime.Nakama,
  { from, opCode, recipients, reliable, payload }: Data,
): Message {
  return {
    ...{ from, opCode, recipients, reliable, payload },
    bytes: bytesOf(payload),
    isJson: JSON_START.test(payload),
    read: () => read(nk, opCode, payload),
  };
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
