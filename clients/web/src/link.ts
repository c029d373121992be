import type { LinkFailure, LinkState } from '../../../src/protocol/link-report.ts';
import type { Signal } from '../../../src/protocol/peer-method.ts';
import type { Data } from './channels.ts';
import { errorFrom, noRelay, OnlineMatchError } from './errors.ts';
import { lacksRelay } from './ice.ts';
import type { LinkContext } from './link-context.ts';
import { CONNECT_MS, INTERRUPTION_MS, RESTART_MS, retryPauseOf } from './link-times.ts';
import { Negotiation } from './negotiation.ts';

/** The link to one player; it outlives its connections, and both players' sockets. */
export class Link {
  readonly #context: LinkContext;
  readonly #negotiation: Negotiation;
  #state: LinkState = 'connecting';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tries = 0;
  #isRestarting = false;
  /** Whether it waits for a TURN server, without which nothing can be tried. */
  #lacksRelay = false;
  #isClosed = false;

  constructor(context: LinkContext) {
    this.#context = context;
    this.#negotiation = new Negotiation(context, {
      onBegun: () => this.#onBegun(),
      onUp: () => this.#onUp(),
      onInterrupted: () => {
        if (this.#state === 'connected') this.#setTimer(INTERRUPTION_MS, () => this.#onIceFailed());
      },
      onIceFailed: () => this.#onIceFailed(),
      onBroken: (cause) => this.#onBroken(cause),
      onAsked: () => this.#markDown(),
    });
  }

  /** Connects; not in the constructor, since it may call back at once when WebRTC refuses. */
  open(): void {
    if (this.#context.canSignal()) this.#negotiation.connect();
  }

  get state(): LinkState {
    return this.#state;
  }

  /** Whether data can be sent now. */
  get isOpen(): boolean {
    return this.#negotiation.isOpen;
  }

  /** Why it failed, where that is known. */
  get failure(): LinkFailure | null {
    return this.#state === 'failed' && this.#lacksRelay ? 'no-relay' : null;
  }

  get connection(): RTCPeerConnection | null {
    return this.#negotiation.connection?.raw ?? null;
  }

  onSignal(signal: Signal): void {
    this.#negotiation.onSignal(signal);
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
      this.#negotiation.ask();
      this.#setTimer(CONNECT_MS, () => this.#setState('failed'));
    }
  }

  /** Throws `not-connected`, and `webrtc` for more than a channel takes. */
  send(data: Data, reliable: boolean): void {
    if (!this.isOpen) throw new OnlineMatchError('not-connected', 'The link is not open.');
    try {
      this.#negotiation.connection?.send(data, reliable);
    } catch (cause) {
      throw new OnlineMatchError('webrtc', errorFrom(cause).message, cause);
    }
  }

  say(word: string): void {
    this.#negotiation.connection?.say(word);
  }

  /** Begins anew where a TURN server was wanting. */
  setIceServers(iceServers: readonly RTCIceServer[]): void {
    this.#negotiation.connection?.setIceServers(iceServers);
    if (!this.#lacksRelay || lacksRelay(this.#context.connectionOptions().relay, iceServers)) return;
    if (!this.#context.isOfferer && this.#context.canSignal()) this.#negotiation.ask();
    this.#reconnect();
  }

  /** The other player says that they can have no link for want of a TURN server: to try here helps nothing. */
  onOtherLacksRelay(): void {
    if (!this.#isClosed && this.#state === 'connecting') this.#giveUp(noRelay('other'));
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#negotiation.close();
  }

  #onBegun(): void {
    this.#isRestarting = false;
    this.#lacksRelay = false;
    this.#setTimer(CONNECT_MS, () => this.#recover());
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
    this.#negotiation.restart();
  }

  /** The connection is of no more use. */
  #onBroken(cause: unknown): void {
    if (cause instanceof OnlineMatchError && cause.code === 'no-relay') {
      this.#giveUp(cause);
      return;
    }
    if (cause !== undefined && this.#tries === 0)
      this.#context.onError(new OnlineMatchError('webrtc', errorFrom(cause).message, cause));
    this.#negotiation.drop();
    this.#recover();
  }

  /** Nothing is tried until there is a TURN server, here or there. */
  #giveUp(error: OnlineMatchError): void {
    this.#markDown();
    this.#lacksRelay = true;
    this.#negotiation.drop();
    this.#setState('failed');
    this.#context.onError(error);
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
    if (this.#context.canSignal()) this.#negotiation.reconnect();
  }

  /** The other side may not have noticed. An addon knows the request from the side that offers alone. */
  #askAnew(): void {
    this.#setState('failed');
    if (this.#context.isAnnounced && this.#context.canSignal()) this.#negotiation.ask();
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
