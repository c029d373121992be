import { decodeBinary } from '../../protocol/dialects/binary.ts';
import type { Utterance } from '../../protocol/dialects/dialect.ts';
import { decodeJson } from '../../protocol/dialects/json.ts';
import type { Message } from '../../room/messages/traffic.ts';
import { msUntilNodePasses } from '../server/node-budget.ts';
import type { Data } from '../server/signals.ts';

/** A client's match data as the room takes it. */
export function messageIn(
  nk: nkruntime.Nakama,
  { from, opCode, recipients, reliable, payload }: Data,
): Message {
  return {
    ...{ from, opCode, recipients, reliable, payload },
    bytes: bytesIn(payload),
    isJson: isJson(payload),
    read: () => read(nk, opCode, payload),
    firstByte: () => firstByteOf(payload),
    msUntilNodePasses: (bytesPerSec) => msUntilNodePasses(nk, bytesIn(payload), bytesPerSec),
  };
}

/** Whether it begins as JSON does: how base64 begins of an opening brace. */
export function isJson(payload: string): boolean {
  return JSON_START.test(payload);
}

const JSON_START = /^e[w-z0-9+/]/;

/** What a client says; null where it says nothing that the addon says. */
export function read(nk: nkruntime.Nakama, opCode: number, payload: string): Utterance | null {
  try {
    const data = nk.base64Decode(payload);
    return isJson(payload) ? decodeJson(opCode, nk.binaryToString(data)) : decodeBinary(opCode, data);
  } catch {
    // Not UTF-8.
    return null;
  }
}

/** How many bytes a text in padded base64 stands for. */
export function bytesIn(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Of a text in base64, without decoding all of it; -1 of an empty one. */
function firstByteOf(base64: string): number {
  if (base64.length < 2) return -1;
  return (BASE64.indexOf(base64.charAt(0)) << 2) | (BASE64.indexOf(base64.charAt(1)) >> 4);
}
