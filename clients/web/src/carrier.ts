import type { Data } from './channels.ts';
import { OnlineMatchError } from './errors.ts';
import { bytesOf, dataOf, decodeFrame, encodeFrame, type Frame, NO_DATA } from './frame.ts';
import { Freshness } from './freshness.ts';
import { KEPT_BYTES, Line, PART_BYTES } from './line.ts';
import { RoundTrip } from './round-trip.ts';
import { ServerPace } from './server-pace.ts';

/** By which a link's frames go: its data channels, or the server. */
export type Way = 'channels' | 'server';

export interface CarrierContext {
  readonly epoch: number;
  /** May throw what a data channel throws. */
  sendByChannel(bytes: Uint8Array, reliable: boolean): void;
  /** Returns whether it went out. */
  sendByServer(bytes: Uint8Array): boolean;
  onMessage(data: string | ArrayBuffer, reliable: boolean): void;
  onWord(word: string): void;
  /** A frame of the other end has come. */
  onHeard(way: Way): void;
  /** Much was to be sent, and little is left. */
  onDrained(): void;
}

/** Acknowledgements are put off, to be fewer. */
const ACK_MS = 60;
const ACK_EVERY: { readonly [way in Way]: number } = { channels: 64, server: 4 };
/** A data channel that does not take more is tried again. */
const CONGESTED_MS = 200;
/** Above this much is to be sent, below it little is left. */
export const DRAINED_BYTES = 65_536;

/** Carries the data of a link between two clients of this kind by whichever way there is. */
export class Carrier {
  readonly #context: CarrierContext;
  readonly #line: Line;
  readonly #freshness = new Freshness();
  #way: Way | null = null;
  #unreliableSent = 0;
  #owedAcks = 0;
  #ackAtMs = Number.POSITIVE_INFINITY;
  readonly #pace = new ServerPace();
  #repeatAtMs = Number.POSITIVE_INFINITY;
  #isFull = false;
  readonly #roundTrip = new RoundTrip();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(context: CarrierContext) {
    this.#context = context;
    this.#line = new Line(context.epoch);
  }

  get way(): Way | null {
    return this.#way;
  }

  /** Bytes of reliable messages that the other end has not acknowledged. */
  get bufferedAmount(): number {
    return this.#line.keptBytes;
  }

  get rttMs(): number | null {
    return this.#roundTrip.ms;
  }

  /** The share of the other's unreliable messages that did not come. */
  get loss(): number | null {
    return this.#freshness.loss;
  }

  /** From now on by this way; what was not acknowledged goes out again. Null: everything waits. */
  set way(way: Way | null) {
    this.#way = way;
    this.#pace.reset();
    this.#roundTrip.reset();
    this.#line.rewind();
    this.pump();
  }

  /** Reliable data is kept until there is a way; unreliable data is lost. Throws `buffer-full`. */
  send(data: Data, reliable: boolean): void {
    const [bytes, isText] = bytesOf(data);
    if (!reliable) {
      this.#sendUnreliable(bytes, isText);
      return;
    }
    if (!this.#line.takes(bytes.length)) {
      this.#isFull = true;
      const sentence = `More than ${KEPT_BYTES} bytes would wait for that player: send on after \`onDrained\`.`;
      throw new OnlineMatchError('buffer-full', sentence);
    }
    this.#line.push(bytes, isText);
    this.#isFull ||= this.#line.keptBytes > DRAINED_BYTES;
    this.pump();
  }

  say(word: string): void {
    this.#put({ ...this.#frame('word'), data: new TextEncoder().encode(word) });
  }

  /** Asks the other end how long it takes there and back. */
  probe(): void {
    this.#put({ ...this.#frame('probe'), number: Date.now() >>> 0 });
  }

  /** The server has not passed on what was sent last, and takes nothing for so long. */
  slowDown(ms: number): void {
    if (this.#way !== 'server') return;
    this.#pace.slowDown(ms, Date.now());
    this.#line.rewind();
    this.#plan();
  }

  /** A frame came by that way, which need not be the one by which this end sends. */
  receive(bytes: Uint8Array, way: Way): void {
    const frame = this.#isClosed ? null : decodeFrame(bytes);
    if (frame === null || frame.epoch !== this.#context.epoch) return;
    this.#context.onHeard(way);
    switch (frame.kind) {
      case 'reliable':
        this.#acceptPart(frame);
        break;
      case 'unreliable':
        if (this.#freshness.take(frame.number, frame.sentMs, Date.now()))
          this.#context.onMessage(dataOf(frame), false);
        break;
      case 'ack':
        this.#acknowledge(frame.number);
        break;
      case 'probe':
        if (this.#roundTrip.mayEcho(Date.now()))
          this.#put({ ...this.#frame('echo'), number: frame.number }, way);
        break;
      case 'echo':
        if (way === this.#way) this.#roundTrip.onEcho(frame.number, Date.now());
        break;
      case 'word':
        this.#context.onWord(new TextDecoder().decode(frame.data));
    }
  }

  /** Sends what there is, as far as the way takes it. */
  pump(): void {
    while (this.#line.hasNext && this.#isReady) {
      const frame = this.#line.take();
      if (frame !== null && !this.#put(frame)) {
        this.#line.rewind();
        this.#pace.pause(CONGESTED_MS, Date.now());
        break;
      }
    }
    this.#plan();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  get #isReady(): boolean {
    if (this.#way === null || this.#isClosed || Date.now() < this.#pace.pausedUntilMs) return false;
    return this.#way === 'channels' || this.#pace.takes(this.#line.underway);
  }

  #sendUnreliable(data: Uint8Array, isText: boolean): void {
    const number = this.#unreliableSent++;
    if (this.#way === 'server' && (data.length > PART_BYTES || Date.now() < this.#pace.pausedUntilMs)) return;
    this.#put({ ...this.#frame('unreliable'), number, sentMs: Date.now() >>> 0, isText, data });
  }

  #acceptPart(frame: Frame): void {
    const whole = this.#line.accept(frame);
    this.#owedAcks++;
    this.#ackAtMs = Math.min(this.#ackAtMs, Date.now() + ACK_MS);
    if (this.#way !== null && this.#owedAcks >= ACK_EVERY[this.#way]) this.#sayWhatCame();
    else this.#plan();
    if (whole !== null) this.#context.onMessage(dataOf(whole), true);
  }

  #sayWhatCame(): void {
    this.#owedAcks = 0;
    this.#ackAtMs = Number.POSITIVE_INFINITY;
    this.#put(this.#line.acknowledgement);
    this.#plan();
  }

  #acknowledge(number: number): void {
    if (!this.#line.acknowledge(number)) return;
    this.#pace.onProgress();
    this.#repeatAtMs = Number.POSITIVE_INFINITY;
    this.pump();
    if (!this.#isFull || this.#line.keptBytes > DRAINED_BYTES) return;
    this.#isFull = false;
    this.#context.onDrained();
  }

  #frame(kind: Frame['kind']): Frame {
    const { epoch } = this.#context;
    return { kind, epoch, number: 0, isLast: false, isText: false, sentMs: 0, data: NO_DATA };
  }

  /** Whether it went out. */
  #put(frame: Frame, way = this.#way): boolean {
    if (way === null || this.#isClosed) return false;
    const bytes = encodeFrame(frame);
    if (way === 'server') return this.#context.sendByServer(bytes);
    try {
      this.#context.sendByChannel(bytes, frame.kind === 'reliable' || frame.kind === 'ack');
      return true;
    } catch {
      // It is full, or just closed.
      return false;
    }
  }

  /** One timer, for whatever comes first. */
  #plan(): void {
    clearTimeout(this.#timer);
    if (this.#way === null || this.#isClosed) return;
    const now = Date.now();
    const isUnderway = this.#way === 'server' && this.#line.underway > 0;
    if (!isUnderway) this.#repeatAtMs = Number.POSITIVE_INFINITY;
    else if (this.#repeatAtMs === Number.POSITIVE_INFINITY) this.#repeatAtMs = now + this.#pace.repeatMs;
    const isPaused = this.#line.hasNext && now < this.#pace.pausedUntilMs;
    const resumeAtMs = isPaused ? this.#pace.pausedUntilMs : Number.POSITIVE_INFINITY;
    const nextMs = Math.min(this.#ackAtMs, this.#repeatAtMs, resumeAtMs);
    if (nextMs !== Number.POSITIVE_INFINITY)
      this.#timer = setTimeout(() => this.#wake(), Math.max(0, nextMs - now));
  }

  #wake(): void {
    const now = Date.now();
    if (now >= this.#repeatAtMs) {
      this.#repeatAtMs = Number.POSITIVE_INFINITY;
      this.#pace.onRepeat();
      this.#line.rewind();
    }
    if (now >= this.#ackAtMs) this.#sayWhatCame();
    this.pump();
  }
}
