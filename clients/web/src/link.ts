import type { LinkState } from '../../../src/protocol/link-report.ts';
import type { Signal } from '../../../src/protocol/peer-method.ts';
import type { Data } from './channels.ts';
import { Connection, type ConnectionOptions } from './connection.ts';
import { errorFrom, OnlineMatchError } from './errors.ts';

/** A link that is not up after this time has failed. */
export const CONNECT_MS = 15_000;
/** The network may come back by itself within this time. */
export const INTERRUPTION_MS = 3_000;
/** An ICE restart that takes longer gives way to a new connection. */
export const RESTART_MS = 8_000;
/** The wait before the second try to connect anew; each later try waits twice as long. */
export const RETRY_MS = 1_000;
export const MAX_RETRY_MS = 30_000;

export interface LinkContext {
  /** Session ids; the player with the lower one makes the offers and decides when to connect anew. */
  readonly localId: string;
  readonly remoteId: string;
  /** Asked each time that a connection is made. */
  connectionOptions(): ConnectionOptions;
  /** Whether the other player's client announced itself; only then an ICE restart is tried. */
  isAnnounced(): boolean;
  send(signal: Signal): void;
  onState(state: LinkState): void;
  onMessage(data: string | ArrayBuffer, reliable: boolean): void;
  onError(error: OnlineMatchError): void;
}

/** The link to one player; it outlives its connections, of which it has one at a time. */
export class Link {
  readonly #context: LinkContext;
  readonly #isOfferer: boolean;
  #state: LinkState = 'connecting';
  #connection: Connection | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #offers = 0;
  #tries = 0;
  #isRestarting = false;
  #isClosed = false;

  constructor(context: LinkContext) {
    this.#context = context;
    this.#isOfferer = context.localId < context.remoteId;
  }

  /** Connects; not in the constructor, since it may call back at once when WebRTC refuses. */
  open(): void {
    this.#connect();
  }

  get state(): LinkState {
    return this.#state;
  }

  /** Whether data can be sent now. */
  get isOpen(): boolean {
    return this.#connection?.isOpen ?? false;
  }

  get connection(): RTCPeerConnection | null {
    return this.#connection?.raw ?? null;
  }

  /** A signal from the other player. */
  onSignal(signal: Signal): void {
    if (this.#isClosed) return;
    switch (signal.kind) {
      case 'description': {
        const isExpected = (signal.type === 'answer') === this.#isOfferer;
        if (!isExpected) return;
        if (this.#connection === null) this.#connect();
        this.#connection?.acceptDescription(signal);
        break;
      }
      case 'candidate':
        this.#connection?.addCandidate(signal);
        break;
      case 'reconnect':
        this.#markDown();
        this.#connect();
    }
  }

  /** Throws `not-connected` while the link is down, and `webrtc` for more than a channel takes. */
  send(data: Data, reliable: boolean): void {
    if (this.#connection?.isOpen !== true)
      throw new OnlineMatchError('not-connected', 'The link is not open.');
    try {
      this.#connection.send(data, reliable);
    } catch (cause) {
      throw new OnlineMatchError('webrtc', errorFrom(cause).message, cause);
    }
  }

  setIceServers(iceServers: readonly RTCIceServer[]): void {
    this.#connection?.setIceServers(iceServers);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#connection?.close();
    this.#connection = null;
  }

  #connect(): void {
    if (this.#isClosed) return;
    this.#isRestarting = false;
    this.#connection?.close();
    this.#connection = null;
    this.#setTimer(CONNECT_MS, () => this.#recover());
    try {
      this.#connection = this.#newConnection();
    } catch (cause) {
      this.#onBroken(cause);
      return;
    }
    if (this.#isOfferer) this.#connection.offer(++this.#offers);
  }

  #newConnection(): Connection {
    const connection: Connection = new Connection(this.#context.connectionOptions(), {
      onSignal: (signal) => isCurrent() && this.#context.send(signal),
      onOpen: () => this.#onUp(),
      onInterrupted: () => {
        if (this.#state === 'connected') this.#setTimer(INTERRUPTION_MS, () => this.#onIceFailed());
      },
      onRecovered: () => {
        if (connection.isOpen) this.#onUp();
      },
      onFailed: () => this.#onIceFailed(),
      onBroken: (cause) => isCurrent() && this.#onBroken(cause),
      onMessage: this.#context.onMessage,
    });
    const isCurrent = () => this.#connection === connection;
    return connection;
  }

  #onUp(): void {
    clearTimeout(this.#timer);
    this.#tries = 0;
    this.#isRestarting = false;
    this.#setState('connected');
  }

  #onIceFailed(): void {
    const canRestart = this.#connection?.isOpen && !this.#isRestarting && this.#context.isAnnounced();
    if (!this.#isOfferer || !canRestart) {
      this.#recover();
      return;
    }
    this.#isRestarting = true;
    this.#setTimer(RESTART_MS, () => this.#recover());
    this.#setState('connecting');
    this.#connection?.offer(++this.#offers, { iceRestart: true });
  }

  /** The connection is of no more use; the other player's next offer gets a new one. */
  #onBroken(cause: unknown): void {
    const isFirst = this.#tries === 0;
    if (cause !== undefined && isFirst)
      this.#context.onError(new OnlineMatchError('webrtc', errorFrom(cause).message, cause));
    this.#connection?.close();
    this.#connection = null;
    this.#recover();
  }

  /** The player who makes the offers connects anew and tells the other, who waits and then calls it failed. */
  #recover(): void {
    const wasUp = this.#state === 'connected' || this.#isRestarting;
    this.#markDown();
    if (!this.#isOfferer) {
      if (!wasUp) this.#setState('failed');
      else this.#setTimer(CONNECT_MS, () => this.#setState('failed'));
      return;
    }
    if (!wasUp) this.#setState('failed');
    const delayMs = this.#tries === 0 ? 0 : Math.min(RETRY_MS * 2 ** (this.#tries - 1), MAX_RETRY_MS);
    this.#tries++;
    this.#setTimer(delayMs, () => {
      this.#context.send({ kind: 'reconnect' });
      this.#connect();
    });
  }

  #markDown(): void {
    clearTimeout(this.#timer);
    this.#isRestarting = false;
    if (this.#state === 'connected') this.#setState('connecting');
  }

  #setTimer(ms: number, callback: () => void): void {
    clearTimeout(this.#timer);
    // A listener may have left the match in the meantime.
    if (!this.#isClosed) this.#timer = setTimeout(callback, ms);
  }

  #setState(state: LinkState): void {
    if (this.#isClosed || this.#state === state) return;
    this.#state = state;
    this.#context.onState(state);
  }
}
