import type { Refusal } from '../../protocol/refusal.ts';
import type { HostView } from '../../protocol/snapshot.ts';
import type { RoomEvent } from '../../room/events.ts';
import type { Step } from '../../room/step.ts';
import type { Guesser } from './guesses.ts';

/** A client's match data; `payload` is its bytes in base64. */
export interface Data {
  readonly from: string;
  readonly opCode: number;
  readonly payload: string;
  /** Session ids that the client picked, or null for everybody. */
  readonly recipients: readonly string[] | null;
  readonly reliable: boolean;
}

/** What hooks and RPCs tell a match by `nk.matchSignal`: what happened to its room, and a client's data in short. */
export type Signal = ToldEvent | Unlocking | { readonly type: 'data'; readonly data: Data };

/** A user names the password, and only the match can tell whether it is right. */
export interface Unlocking extends Guesser {
  readonly type: 'unlocking';
  readonly userId: string;
  readonly password: string;
}

type ToldEvent = Extract<RoomEvent, { type: (typeof TOLD)[number] }> & {
  /** With a command that sets a password: what it is checked with. */
  readonly lock?: string;
};

const TOLD = ['answered', 'lost', 'left', 'commanded', 'chosen'] as const;

/** Every kind of signal. */
export const SIGNAL_TYPES = [...TOLD, 'unlocking', 'data'] as const;

/**
 * JSON; but data goes as `session id, opcode, bytes, recipients`, since it is most of what is signalled and needs
 * no escaping. The recipients come last: they are whatever the client wrote, blanks included.
 */
export function encodeSignal(signal: Signal): string {
  if (signal.type !== 'data') return JSON.stringify(signal);
  const { from, opCode, recipients, reliable, payload } = signal.data;
  return `${from} ${opCode}${reliable ? RELIABLE : ''} ${payload} ${recipients?.join(',') ?? ALL}`;
}

const ALL = '*';
/** After the opcode. */
const RELIABLE = 'r';

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
  const reliable = opCode.endsWith(RELIABLE);
  const number = Number(reliable ? opCode.slice(0, -1) : opCode);
  return { type: 'data', data: { from, opCode: number, recipients, reliable, payload } };
}

function decodeJson(text: string): Signal | null {
  try {
    const signal = JSON.parse(text);
    return signal.type === 'unlocking' || TOLD.includes(signal.type) ? signal : null;
  } catch {
    return null;
  }
}

/** How a match answers a command, or what else somebody waits for: what came of it, and who is host after it. */
export interface Commanded {
  readonly refusal: Refusal | null;
  readonly host: HostView | null;
  readonly code: string;
}

export function encodeCommanded({ refusal, room: { host, sign } }: Step): string {
  const commanded: Commanded = {
    refusal,
    host: host && { peerId: host.peerId, term: host.term },
    code: sign.code,
  };
  return JSON.stringify(commanded);
}

export function decodeCommanded(text: string): Commanded {
  return JSON.parse(text);
}
