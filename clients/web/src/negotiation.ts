import type { DescriptionSignal, Signal } from '../../../src/protocol/peer-method.ts';
import { Connection } from './connection.ts';
import type { LinkContext } from './link-context.ts';

export interface NegotiationEvents {
  /** A connection is about to be made anew. */
  onBegun(): void;
  /** All channels are open, or the network answers again. */
  onUp(): void;
  onInterrupted(): void;
  onIceFailed(): void;
  /** The connection is of no more use: a channel closed, or WebRTC refused a step. */
  onBroken(cause: unknown): void;
  /** The other player wants a new connection. */
  onAsked(): void;
}

/**
 * A link's connections, of which it has one at a time. A connection's number is that of the offer that it begins
 * with; signals say which one they mean, and those of an earlier one do nothing.
 */
export class Negotiation {
  readonly #context: LinkContext;
  readonly #events: NegotiationEvents;
  #connection: Connection | null = null;
  /** Of the present connection, or of the last one; 0 before the first. */
  #number = 0;
  /** Offers made by the one side, taken by the other. */
  #offers = 0;
  #isClosed = false;

  constructor(context: LinkContext, events: NegotiationEvents) {
    this.#context = context;
    this.#events = events;
  }

  get connection(): Connection | null {
    return this.#connection;
  }

  get isOpen(): boolean {
    return this.#connection?.isOpen ?? false;
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

  /** A new connection in the place of the one that is there; the side that makes the offers offers it. */
  connect(number = this.#number): void {
    if (this.#isClosed) return;
    this.drop();
    this.#number = this.#context.isOfferer ? ++this.#offers : number;
    this.#events.onBegun();
    try {
      this.#connection = this.#newConnection();
      if (this.#context.isOfferer) this.#connection.offer(this.#offers);
    } catch (cause) {
      this.#events.onBroken(cause);
    }
  }

  /** The same, told to the other player: an earlier one may be up at their end. */
  reconnect(): void {
    if (this.#number > 0) this.#context.send({ kind: 'reconnect', connection: this.#offers + 1 });
    this.connect();
  }

  /** An ICE restart, which keeps the channels. */
  restart(): void {
    this.#connection?.offer(++this.#offers, { iceRestart: true });
  }

  /** The same with all kinds of addresses, of a connection that was made through TURN alone. */
  widen(): void {
    this.#connection?.widen();
    this.restart();
  }

  /** Asks the player who makes the offers to connect anew. */
  ask(): void {
    this.#send({ kind: 'reconnect' });
  }

  /** Closes the connection that is there. */
  drop(): void {
    this.#connection?.close();
    this.#connection = null;
  }

  close(): void {
    this.#isClosed = true;
    this.drop();
  }

  /** Of a connection that is there no more, only the first offer is of use. */
  #acceptOffer(offer: DescriptionSignal): void {
    const { connection: number, offerNumber } = offer;
    if (typeof number === 'number' && offerNumber !== null) {
      if (offerNumber <= this.#offers) return;
      if (offerNumber !== number && (this.#connection === null || number !== this.#number)) {
        this.#number = number;
        this.ask();
        return;
      }
      this.#offers = offerNumber;
      if (this.#number === 0 && this.#connection !== null) this.#number = number;
      else if (number > this.#number) this.connect(number);
    }
    if (this.#connection === null) this.connect(number ?? undefined);
    this.#connection?.acceptDescription(offer);
  }

  /** The side that offers is asked to; the side that answers is told the number of the connection to come. */
  #onReconnect(number: number | null): void {
    const { isOfferer } = this.#context;
    if (!isOfferer && number !== null && number <= this.#number) return;
    this.#events.onAsked();
    this.connect(isOfferer ? undefined : (number ?? undefined));
  }

  #newConnection(): Connection {
    const { connectionOptions, onMessage, onWords, onWord } = this.#context;
    const { onUp, onInterrupted, onIceFailed, onBroken } = this.#events;
    const connection: Connection = new Connection(connectionOptions(), {
      onSignal: (signal) => isCurrent() && this.#send(signal),
      onOpen: onUp,
      onInterrupted,
      onRecovered: () => {
        if (connection.isOpen) onUp();
      },
      onFailed: onIceFailed,
      onBroken: (cause) => isCurrent() && onBroken(cause),
      onMessage,
      onWords,
      onWord,
    });
    const isCurrent = () => this.#connection === connection;
    return connection;
  }

  #send(signal: Signal): void {
    this.#context.send({ ...signal, connection: this.#number });
  }
}
