import type { DescriptionSignal, Signal } from '../../../src/protocol/peer-method.ts';
import { Connection } from './connection.ts';
import type { LinkContext } from './link-context.ts';
import { TrackOffers } from './track-offers.ts';

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
 *
 * One side connects and restarts. What tracks a connection carries either side offers, with a number above all before. Where both
 * do so at once, the side that connects goes first: it drops what is not above its own last offer, or comes before the answer
 * to that, and the other side takes theirs back and offers again.
 */
export class Negotiation {
  readonly #context: LinkContext;
  readonly #events: NegotiationEvents;
  #connection: Connection | null = null;
  /** Of the present connection, or of the last one; 0 before the first. */
  #number = 0;
  /** The highest of all offers made and taken, and of those taken. */
  #offers = 0;
  #taken = 0;
  readonly #trackOffers = new TrackOffers(() => this.#offerTracks());
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
        if (signal.type === 'answer') {
          if (!isNumbered || number === this.#number) this.#connection?.acceptDescription(signal);
        } else if (this.#context.isOfferer) this.#acceptTracks(signal);
        else this.#acceptOffer(signal);
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
      this.updateTracks();
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
    this.#trackOffers.settle();
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

  /** The tracks for the other player are others. */
  updateTracks(): void {
    this.#connection?.sendTracks(this.#context.media?.tracks() ?? []);
  }

  /** Signals reach the other player again. */
  hurryTracks(): void {
    this.#trackOffers.hurry();
  }

  /** Closes the connection that is there. */
  drop(): void {
    this.#trackOffers.settle();
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
      if (offerNumber <= this.#taken) return;
      if (offerNumber !== number && (this.#connection === null || number !== this.#number)) {
        this.#number = number;
        this.ask();
        return;
      }
      this.#take(offerNumber);
      if (this.#number === 0 && this.#connection !== null) this.#number = number;
      else if (number > this.#number) this.connect(number);
    }
    if (this.#connection === null) this.connect(number ?? undefined);
    this.#connection?.acceptDescription(offer);
  }

  /** Of the side that answers otherwise, over the connection that is there. */
  #acceptTracks(offer: DescriptionSignal): void {
    const { connection: number, offerNumber } = offer;
    if (this.#context.media === null || number !== this.#number) return;
    if (offerNumber === null || offerNumber <= this.#offers) return;
    this.#take(offerNumber);
    this.#connection?.acceptDescription(offer, false);
  }

  #take(offerNumber: number): void {
    this.#taken = offerNumber;
    this.#offers = Math.max(this.#offers, offerNumber);
  }

  #offerTracks(): boolean {
    if (this.#connection === null || !this.#context.canSignal()) return false;
    this.#connection.offer(++this.#offers);
    return true;
  }

  /** The side that offers is asked to; the side that answers is told the number of the connection to come. */
  #onReconnect(number: number | null): void {
    const { isOfferer } = this.#context;
    if (!isOfferer && number !== null && number <= this.#number) return;
    this.#events.onAsked();
    this.connect(isOfferer ? undefined : (number ?? undefined));
  }

  #newConnection(): Connection {
    const { connectionOptions, onMessage, onWords, onWord, media } = this.#context;
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
      media: media && { ...media, onNeeded: () => isCurrent() && this.#trackOffers.due() },
      onAgreed: () => isCurrent() && this.#trackOffers.settle(),
    });
    const isCurrent = () => this.#connection === connection;
    return connection;
  }

  #send(signal: Signal): void {
    this.#context.send({ ...signal, connection: this.#number });
  }
}
