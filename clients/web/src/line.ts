import { type Frame, NO_DATA, nearest } from './frame.ts';

/** A message of more is sent in parts: through the server they fit into what any Nakama takes as one message. */
export const PART_BYTES = 2_000;

/** What waits for its acknowledgement has no more bytes, so no message has. */
export const KEPT_BYTES = 1_048_576;

/** A whole message that has arrived. */
export interface Received {
  readonly data: Uint8Array;
  readonly isText: boolean;
}

type Part = Pick<Frame, 'isLast' | 'isText' | 'data'>;

/**
 * One end of the line of reliable messages between two players, whichever way it runs: numbered, kept until they are
 * acknowledged, sent again after a change of way, and taken once and in order. "Sent" is not "received": nobody knows
 * what a dead way delivered.
 */
export class Line {
  readonly #epoch: number;
  /** From the first that is not acknowledged on. */
  #kept: Part[] = [];
  #keptBytes = 0;
  #firstKept: number;
  /** Of the part to be sent next, once more or for the first time. */
  #next: number;
  /** Of the part that is to come next. */
  #expected: number;
  #parts: Uint8Array[] = [];
  #partsBytes = 0;

  constructor(epoch: number, first = 1) {
    this.#epoch = epoch;
    this.#firstKept = first;
    this.#next = first;
    this.#expected = first;
  }

  /** Bytes that were not acknowledged yet. */
  get keptBytes(): number {
    return this.#keptBytes;
  }

  /** Parts that were sent and not acknowledged. */
  get underway(): number {
    return this.#next - this.#firstKept;
  }

  /** Whether something is there to be sent. */
  get hasNext(): boolean {
    return this.#next < this.#firstKept + this.#kept.length;
  }

  /** Whether so much more can be kept. */
  takes(bytes: number): boolean {
    return this.#keptBytes + bytes <= KEPT_BYTES;
  }

  /** A message to be sent. */
  push(data: Uint8Array, isText: boolean): void {
    let start = 0;
    do {
      const end = Math.min(start + PART_BYTES, data.length);
      this.#kept.push({ data: data.slice(start, end), isText, isLast: end === data.length });
      start = end;
    } while (start < data.length);
    this.#keptBytes += data.length;
  }

  /** The next part to go out; null when all have gone. */
  take(): Frame | null {
    const part = this.#kept[this.#next - this.#firstKept];
    if (part === undefined) return null;
    return { kind: 'reliable', epoch: this.#epoch, number: this.#next++ >>> 0, sentMs: 0, ...part };
  }

  /** What went out by another way, or was not passed on, goes out again. */
  rewind(): void {
    this.#next = this.#firstKept;
  }

  /** The other end has all before this number. Returns whether that is news; what cannot be is none. */
  acknowledge(bits: number): boolean {
    const number = nearest(bits, this.#firstKept);
    const count = number - this.#firstKept;
    if (count <= 0 || count > this.#kept.length) return false;
    for (const { data } of this.#kept.splice(0, count)) this.#keptBytes -= data.length;
    this.#firstKept = number;
    this.#next = Math.max(this.#next, number);
    return true;
  }

  /** A part has come: the message that it completes, or null. Whatever is not the next one is dropped. */
  accept({ number, data, isText, isLast }: Frame): Received | null {
    if (nearest(number, this.#expected) !== this.#expected) return null;
    this.#expected++;
    this.#partsBytes += data.length;
    // No honest sender says more.
    if (this.#partsBytes <= KEPT_BYTES) this.#parts.push(data);
    if (!isLast) return null;
    const whole = joined(this.#parts);
    const isWhole = this.#partsBytes === whole.length;
    this.#parts = [];
    this.#partsBytes = 0;
    return isWhole ? { data: whole, isText } : null;
  }

  /** Says what has come. */
  get acknowledgement(): Frame {
    return {
      kind: 'ack',
      epoch: this.#epoch,
      number: this.#expected >>> 0,
      ...{ isLast: false, isText: false, sentMs: 0, data: NO_DATA },
    };
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
