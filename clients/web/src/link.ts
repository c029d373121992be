import type { LinkState } from '../../../src/protocol/link-report.ts';
import type { DescriptionSignal, Signal } from '../../../src/protocol/peer-method.ts';
import type { Data } from './channels.ts';
import { Connection } from './connection.ts';
import { errorFrom, OnlineMatchError } from './errors.ts';
import type { LinkContext } from './link-context.ts';
import { CONNECT_MS, INTERRUPTION_MS, RESTART_MS, retryPauseOf } from './link-times.ts';

/**
 * The link to one player; it outlives its connections, of which it has one at a time, and both players' sockets. A
 * connection's number is that of the offer that it begins with, and signals say which one they mean.
 */
export class Link {
  readonly #context: LinkContext;
  #state: LinkState = 'connecting';
  #connection: Connection | null = null;
  /** Of the present connection, or of the last one; 0 before the first. */
  #number = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Offers made by the one side, taken by the other. */
  #offers = 0;
  #tries = 0;
  #isRestarting = false;
  #isClosed = false;

  constructor(context: LinkContext) {
    this.#context = context;
  }

  /** Connects; not in the constructor, since it may call back at once when WebRTC refuses. */
  open(): void {
    if (this.#context.canSignal()) this.#connect();
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

  onSignal(signal: Signal): void {
    const { connection: number } = signal;
    const isNumbered = typeof number === 'number';
    if (this.#isClosed || (isNumbered && number < this.#number)) return;
    switch (signal.kind) {
      case 'description':
        if ((signal.type === 'answer') !== this.#context.isOfferer) break;
        if (signal.type === 'offer') this.#acceptOffer(signal);
        else if (!isNumbered || number === this.#number) this.#connection?.acceptDescription(signal);
        break;
      case 'candidate':
        if (!isNumbered || number === this.#number) this.#connection?.addCandidate(signal);
        break;
      case 'reconnect':
        this.#onReconnect(isNumbered ? number : null);
    }
  }

  /**
   * Signals reach the other player again, who may have missed the last ones: a link that is up is left alone, any
   * other is negotiated anew. The side that answers only asks for it when it was away itself.
   */
  renegotiate({ wasAway }: { readonly wasAway: boolean }): void {
    if (this.#isClosed || this.#state === 'connected' || !this.#context.canSignal()) return;
    this.#tries = 0;
    if (this.#context.isOfferer) {
      if (this.#canRestart) this.#restart();
      else this.#reconnect();
    } else if (wasAway && !this.isOpen) {
      this.#send({ kind: 'reconnect' });
      this.#setTimer(CONNECT_MS, () => this.#setState('failed'));
    }
  }

  /** Throws `not-connected`, and `webrtc` for more than a channel takes. */
  send(data: Data, reliable: boolean): void {
    if (!this.isOpen) throw new OnlineMatchError('not-connected', 'The link is not open.');
    try {
      this.#connection?.send(data, reliable);
    } catch (cause) {
      throw new OnlineMatchError('webrtc', errorFrom(cause).message, cause);
    }
  }

  say(word: string): void {
    this.#connection?.say(word);
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

  /** Of a connection that is there no more, only the first offer is of use. */
  #acceptOffer(offer: DescriptionSignal): void {
    const { connection: number, offerNumber } = offer;
    if (typeof number === 'number' && offerNumber !== null) {
      if (offerNumber <= this.#offers) return;
      if (offerNumber !== number && (this.#connection === null || number !== this.#number)) {
        this.#number = number;
        this.#send({ kind: 'reconnect' });
        return;
      }
      this.#offers = offerNumber;
      if (this.#number === 0 && this.#connection !== null) this.#number = number;
      else if (number > this.#number) this.#connect(number);
    }
    if (this.#connection === null) this.#connect(number ?? undefined);
    this.#connection?.acceptDescription(offer);
  }

  /** The side that offers is asked to; the side that answers is told the number of the connection to come. */
  #onReconnect(number: number | null): void {
    const { isOfferer } = this.#context;
    if (!isOfferer && number !== null && number <= this.#number) return;
    this.#markDown();
    this.#connect(isOfferer ? undefined : (number ?? undefined));
  }

  #connect(number = this.#number): void {
    if (this.#isClosed) return;
    this.#isRestarting = false;
    this.#connection?.close();
    this.#connection = null;
    this.#number = this.#context.isOfferer ? ++this.#offers : number;
    this.#setTimer(CONNECT_MS, () => this.#recover());
    try {
      this.#connection = this.#newConnection();
      if (this.#context.isOfferer) this.#connection.offer(this.#offers);
    } catch (cause) {
      this.#onBroken(cause);
    }
  }

  #newConnection(): Connection {
    const { connectionOptions, onMessage, onWords, onWord } = this.#context;
    const connection: Connection = new Connection(connectionOptions(), {
      onSignal: (signal) => isCurrent() && this.#send(signal),
      onOpen: () => this.#onUp(),
      onInterrupted: () => {
        if (this.#state === 'connected') this.#setTimer(INTERRUPTION_MS, () => this.#onIceFailed());
      },
      onRecovered: () => {
        if (connection.isOpen) this.#onUp();
      },
      onFailed: () => this.#onIceFailed(),
      onBroken: (cause) => isCurrent() && this.#onBroken(cause),
      onMessage,
      onWords,
      onWord,
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

  get #canRestart(): boolean {
    return this.isOpen && this.#context.isAnnounced;
  }

  #onIceFailed(): void {
    const { isOfferer, canSignal } = this.#context;
    if (isOfferer && canSignal() && this.#canRestart && !this.#isRestarting) this.#restart();
    else this.#recover();
  }

  #restart(): void {
    this.#isRestarting = true;
    this.#setTimer(RESTART_MS, () => this.#recover());
    this.#setState('connecting');
    this.#connection?.offer(++this.#offers, { iceRestart: true });
  }

  /** The connection is of no more use. */
  #onBroken(cause: unknown): void {
    if (cause !== undefined && this.#tries === 0)
      this.#context.onError(new OnlineMatchError('webrtc', errorFrom(cause).message, cause));
    this.#connection?.close();
    this.#connection = null;
    this.#recover();
  }

  /** The player who makes the offers connects anew and tells the other, who waits and then calls it failed. */
  #recover(): void {
    const wasUp = this.#state === 'connected' || this.#isRestarting;
    this.#markDown();
    if (!this.#context.isOfferer) {
      if (!wasUp) this.#setState('failed');
      else this.#setTimer(CONNECT_MS, () => this.#askAnew());
      return;
    }
    if (!wasUp) this.#setState('failed');
    // Without signals it waits for `renegotiate`.
    if (!this.#context.canSignal()) return;
    this.#setTimer(retryPauseOf(this.#tries++), () => this.#reconnect());
  }

  #reconnect(): void {
    if (!this.#context.canSignal()) return;
    if (this.#number > 0) this.#context.send({ kind: 'reconnect', connection: this.#offers + 1 });
    this.#connect();
  }

  #send(signal: Signal): void {
    this.#context.send({ ...signal, connection: this.#number });
  }

  /** The other side may not have noticed. An addon knows the request from the side that offers alone. */
  #askAnew(): void {
    this.#setState('failed');
    if (this.#context.isAnnounced && this.#context.canSignal()) this.#send({ kind: 'reconnect' });
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
