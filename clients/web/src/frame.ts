import { RELIABLE_FRAME } from '../../../src/protocol/fallback.ts';
import type { Data } from './channels.ts';

// What two clients of this kind send each other, on a data channel or through the server: numbered, so that a link can
// change its way. Each begins with its kind, the link's epoch, flags, and a number of 32 bits, the lowest byte first.

const KINDS = {
  /** A part of a message that is kept until it is acknowledged. */
  reliable: RELIABLE_FRAME,
  /** A message that may be lost; `number` counts them, and its time of sending follows. */
  unreliable: 2,
  /** All reliable ones before `number` have come. */
  ack: 3,
  /** Asks for an echo, at once; `number` is the time. */
  probe: 4,
  echo: 5,
  /** A word of the libraries, of which the games know nothing. */
  word: 6,
} as const;

export interface Frame {
  readonly kind: keyof typeof KINDS;
  /** Tells frames of before a reload of one of the two from those after it. */
  readonly epoch: number;
  /** Modulo 2³². */
  readonly number: number;
  /** Of a reliable frame: the last one of its message. */
  readonly isLast: boolean;
  readonly isText: boolean;
  /** Of an unreliable one, in ms by the sender's clock, modulo 2³². */
  readonly sentMs: number;
  readonly data: Uint8Array;
}

export const NO_DATA = new Uint8Array(0);

const HEAD_BYTES = 7;
const TIME_BYTES = 4;
const LAST = 1;
const TEXT = 2;

export function encodeFrame(frame: Frame): Uint8Array {
  const { kind, epoch, number, isLast, isText, sentMs, data } = frame;
  const head = HEAD_BYTES + (kind === 'unreliable' ? TIME_BYTES : 0);
  const bytes = new Uint8Array(head + data.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = KINDS[kind];
  bytes[1] = epoch;
  bytes[2] = (isLast ? LAST : 0) | (isText ? TEXT : 0);
  view.setUint32(3, number >>> 0, true);
  if (kind === 'unreliable') view.setUint32(HEAD_BYTES, sentMs >>> 0, true);
  bytes.set(data, head);
  return bytes;
}

/** Null where it is none. */
export function decodeFrame(bytes: Uint8Array): Frame | null {
  const kind = KIND_OF[bytes[0] ?? 0];
  if (kind === undefined) return null;
  const head = HEAD_BYTES + (kind === 'unreliable' ? TIME_BYTES : 0);
  if (bytes.length < head) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = bytes[2] ?? 0;
  return {
    kind,
    epoch: bytes[1] ?? 0,
    number: view.getUint32(3, true),
    isLast: (flags & LAST) !== 0,
    isText: (flags & TEXT) !== 0,
    sentMs: kind === 'unreliable' ? view.getUint32(HEAD_BYTES, true) : 0,
    data: bytes.subarray(head),
  };
}

const KIND_OF: { readonly [byte: number]: Frame['kind'] } = Object.fromEntries(
  Object.entries(KINDS).map(([kind, byte]) => [byte, kind as Frame['kind']]),
);

/** The number near to another that has these 32 lowest bits: so the line of numbers has no end. */
export function nearest(bits: number, near: number): number {
  return near + ((bits - near) | 0);
}

/** What a game sends, and whether it was text. */
export function bytesOf(data: Data): readonly [Uint8Array, boolean] {
  if (typeof data === 'string') return [new TextEncoder().encode(data), true];
  if (data instanceof ArrayBuffer) return [new Uint8Array(data), false];
  return [new Uint8Array(data.buffer, data.byteOffset, data.byteLength), false];
}

/** The same as the other game gets it. */
export function dataOf({ data, isText }: Pick<Frame, 'data' | 'isText'>): string | ArrayBuffer {
  if (isText) return new TextDecoder().decode(data);
  return data.slice().buffer;
}
