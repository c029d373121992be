import {
  type Content,
  MAX_ENTRIES,
  MAX_REASON_LENGTH,
  MAX_SESSION_ID_LENGTH,
  type PeerMethod,
  type Utterance,
} from './content.ts';
import { joinErrorCode, type Player } from './join.ts';
import { OpCode } from './opcodes.ts';
import type { RefusalCode } from './refusal.ts';
import { MAX_VERSION_LENGTH } from './version.ts';

/**
 * Reads match data of dialect C: little-endian numbers, and texts as a 32-bit length and UTF-8. Null, too, for
 * more than any client has to say: reading one thing costs the same however long it is.
 */
export function decodeBinary(opCode: number, buffer: ArrayBuffer): Utterance | null {
  try {
    const reader = new Reader(buffer);
    const content = contentIn(opCode, reader);
    return content === null || !reader.isAtEnd() ? null : { content, dialect: 'C' };
  } catch {
    // Out of bounds, too long, or no UTF-8.
    return null;
  }
}

/** What is written: as text where its UTF-8 is the very bytes, which most often is so and costs far less. */
export type Written = string | ArrayBuffer;

export function encodeBinaryJoinSuccess(players: readonly Player[], clientVersion: string): Written {
  const entries = players.map(
    ({ sessionId, username, peerId }) => text(sessionId) + text(username) + int32(peerId),
  );
  return written(int32(players.length) + entries.join('') + text(clientVersion));
}

export function encodeBinaryJoinError(target: string, code: RefusalCode, reason: string): Written {
  return written(text(target) + int32(joinErrorCode(code)) + text(reason));
}

const KINDS: readonly PeerMethod['kind'][] = ['description', 'candidate', 'reconnect'];

function contentIn(opCode: number, reader: Reader): Content | null {
  switch (opCode) {
    case OpCode.WEBRTC_PEER_METHOD: {
      const kind = KINDS[reader.uint8()];
      const target = reader.text(MAX_SESSION_ID_LENGTH);
      for (let left = reader.atMost(MAX_ARGUMENTS, reader.uint8()); left > 0; left--) skipArgument(reader);
      return kind === undefined || target === '' ? null : { type: 'peer-method', kind, target };
    }
    case OpCode.JOIN_SUCCESS: {
      const players = Array.from({ length: reader.atMost(MAX_ENTRIES, reader.count()) }, () => {
        const sessionId = reader.text(MAX_SESSION_ID_LENGTH);
        // The username, which the room knows better.
        reader.skip(reader.count());
        return { sessionId, peerId: reader.int32(), spectator: false };
      });
      return { type: 'join-success', players, clientVersion: reader.text(MAX_VERSION_LENGTH) };
    }
    case OpCode.JOIN_ERROR: {
      const target = reader.text(MAX_SESSION_ID_LENGTH);
      return { type: 'join-error', target, code: reader.int32(), reason: reader.text(MAX_REASON_LENGTH) };
    }
    default:
      return null;
  }
}

/** No method has more than three. */
const MAX_ARGUMENTS = 16;

/** .NET's TypeCode of an argument, and how many bytes its value takes; a text says so itself. */
const SIZES: { readonly [typeCode: number]: number } = { 3: 1, 6: 1, 9: 4, 11: 8, 13: 4, 14: 8 };
const TEXT_TYPES: readonly number[] = [4, 18];

function skipArgument(reader: Reader): void {
  const typeCode = reader.uint8();
  const size = TEXT_TYPES.includes(typeCode) ? reader.count() : SIZES[typeCode];
  if (size === undefined) throw new RangeError('unknown type');
  reader.skip(size);
}

/** Reads on from the start; every method throws at the end of the bytes. */
class Reader {
  private at = 0;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;

  constructor(buffer: ArrayBuffer) {
    this.bytes = new Uint8Array(buffer);
    this.view = new DataView(buffer);
  }

  uint8(): number {
    return this.view.getUint8(this.skip(1));
  }

  int32(): number {
    return this.view.getInt32(this.skip(4), true);
  }

  /** A length: of what follows there can be no more than there are bytes. */
  count(): number {
    const count = this.view.getUint32(this.skip(4), true);
    if (count > this.bytes.length - this.at) throw new RangeError('longer than the message');
    return count;
  }

  text(maxLength: number): string {
    const length = this.atMost(MAX_BYTES_PER_CHARACTER * maxLength, this.count());
    const start = this.skip(length);
    const text = textOf(this.bytes.subarray(start, start + length));
    this.atMost(maxLength, text.length);
    return text;
  }

  /** The number given, where it is within this bound. */
  atMost(most: number, count: number): number {
    if (count > most) throw new RangeError('more than there can be');
    return count;
  }

  /** Where what was skipped began. */
  skip(length: number): number {
    const start = this.at;
    if (start + length > this.bytes.length) throw new RangeError('past the end');
    this.at = start + length;
    return start;
  }

  isAtEnd(): boolean {
    return this.at === this.bytes.length;
  }
}

/** Of UTF-8, in what JavaScript counts as characters. */
const MAX_BYTES_PER_CHARACTER = 3;

/**
 * UTF-8. Each step is native: in the runtime, a loop over bytes takes 10 µs for each, and a text that grows is
 * copied each time. @throws where it is none.
 */
function textOf(utf8: Uint8Array): string {
  const characters: string = String.fromCharCode.apply(null, utf8 as unknown as number[]);
  return decodeURIComponent(escape(characters));
}

// What is written is put together as a text with a character for each byte.

function int32(value: number): string {
  return String.fromCharCode(value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, (value >> 24) & 0xff);
}

function text(value: string): string {
  const characters = unescape(encodeURIComponent(value));
  return int32(characters.length) + characters;
}

const ASCII = /^[\0-\x7f]*$/;

function written(characters: string): Written {
  if (ASCII.test(characters)) return characters;
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = characters.charCodeAt(at);
  return bytes.buffer;
}
