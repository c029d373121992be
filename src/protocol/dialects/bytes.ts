// Little-endian numbers, and texts as a 32-bit length and UTF-8, as dialect C has them.

/** Reads on from the start; every method throws at the end of the bytes. */
export class Reader {
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

export function int32(value: number): string {
  return String.fromCharCode(value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, (value >> 24) & 0xff);
}

export function text(value: string): string {
  const characters = unescape(encodeURIComponent(value));
  return int32(characters.length) + characters;
}

/** What is written: as text where its UTF-8 is the very bytes, which most often is so and costs far less. */
export type Written = string | ArrayBuffer;

const ASCII = /^[\0-\x7f]*$/;

export function written(characters: string): Written {
  if (ASCII.test(characters)) return characters;
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = characters.charCodeAt(at);
  return bytes.buffer;
}
