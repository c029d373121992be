import type { Recipient } from '../../room/room.ts';
import type { Asker } from '../../room/seal.ts';

/** A client's match data; `payload` is its bytes in base64. */
export interface Data {
  readonly from: string;
  readonly opCode: number;
  readonly payload: string;
  /** Session ids that the client picked, or null for everybody. */
  readonly recipients: readonly string[] | null;
}

/** What hooks and RPCs ask of a match by `nk.matchSignal`. */
export type Signal =
  | { readonly type: 'joined'; readonly who: Recipient }
  | { readonly type: 'lost'; readonly who: Recipient }
  | { readonly type: 'data'; readonly data: Data }
  | { readonly type: 'seal'; readonly by: Asker; readonly sealed: boolean; readonly force: boolean };

/**
 * JSON; but data goes as `session id, opcode, bytes, recipients`, since it is most of what is signalled and needs
 * no escaping. The recipients come last: they are whatever the client wrote, blanks included.
 */
export function encodeSignal(signal: Signal): string {
  if (signal.type !== 'data') return JSON.stringify(signal);
  const { from, opCode, recipients, payload } = signal.data;
  return `${from} ${opCode} ${payload} ${recipients?.join(',') ?? ALL}`;
}

const ALL = '*';

/** Null for what this module did not write: any module on the server may signal any match. */
export function decodeSignal(text: string): Signal | null {
  return text.startsWith('{') ? decodeJson(text) : decodeData(text);
}

function decodeData(text: string): Signal | null {
  // By index: taking an array apart in one go costs the runtime as much as all the rest of this.
  const parts = text.split(' ');
  const from = parts[0];
  const opCode = parts[1];
  const payload = parts[2];
  if (from === undefined || opCode === undefined || payload === undefined || parts.length < 4) return null;
  const picked = parts.slice(3).join(' ');
  const recipients = picked === ALL ? null : picked.split(',');
  return { type: 'data', data: { from, opCode: Number(opCode), recipients, payload } };
}

function decodeJson(text: string): Signal | null {
  try {
    const signal = JSON.parse(text);
    return ['joined', 'lost', 'seal'].includes(signal.type) ? signal : null;
  } catch {
    return null;
  }
}
