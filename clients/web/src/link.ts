import type { LinkFailure, LinkState } from '../../../src/protocol/link-report.ts';
import type { Signal } from '../../../src/protocol/peer-method.ts';
import { Carrier } from './carrier.ts';
import type { Data } from './channels.ts';
import { errorFrom, noRelay, OnlineMatchError } from './errors.ts';
import { lacksRelay } from './ice.ts';
import { LadderRepair } from './ladder-repair.ts';
import type { LinkContext } from './link-context.ts';
import type { LinkStats } from './link-stats.ts';
import { Negotiation } from './negotiation.ts';
import type { Path } from './path.ts';
import { PlainRepair } from './plain-repair.ts';
import type { LinkStep, Repair, Repairable } from './repair.ts';

/** The link to one player; it outlives its connections, and both players' sockets. */
export class Link implements Repairable {
  readonly context: LinkContext;
  readonly negotiation: Negotiation;
  readonly carrier: Carrier | null;
  readonly #repair: Repair;
  #state: LinkState = 'connecting';
  #step: LinkStep = 'direct';
  #path: Path | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wasUp = false;
  #hasComplained = false;
  /** Whether it waits for a TURN server, without which nothing can be tried. */
  #lacksRelay = false;
  #isClosed = false;

  constructor(context: LinkContext) {
    this.context = context;
    this.negotiation = new Negotiation(
      {
        ...context,
        connectionOptions: () => ({ ...context.connectionOptions(), isTurnOnly: this.#step === 'turn' }),
        onMessage: (data, reliable) => this.#onChannel(data, reliable),
      },
      {
        onBegun: () => {
          this.#lacksRelay = false;
          this.#repair.onBegun();
        },
        onUp: () => this.#repair.onUp(),
        onInterrupted: () => this.#repair.onInterrupted(),
        onIceFailed: () => this.#repair.onIceFailed(),
        onBroken: (cause) => this.#onBroken(cause),
        onAsked: () => this.#repair.onAsked(),
      },
    );
    if (context.can.includes('fallback')) {
      this.carrier = this.#newCarrier();
      const repair = new LadderRepair(this, this.carrier);
      this.#repair = repair;
      this.#onHeard = (way) => repair.onHeard(way);
    } else {
      this.carrier = null;
      this.#repair = new PlainRepair(this);
    }
  }

  /** Connects; not in the constructor, since it may call back at once when WebRTC refuses. */
  open(): void {
    if (this.context.canSignal()) this.#repair.begin();
  }

  get state(): LinkState {
    return this.#state;
  }

  /** What is tried, or by what it is up. */
  get step(): LinkStep {
    return this.#step;
  }

  /** Whether data can be sent: it may have to wait for a way. */
  get isOpen(): boolean {
    return this.carrier === null ? this.negotiation.isOpen : this.#wasUp && !this.#isClosed;
  }

  /** Whether tracks go both ways. */
  get hasMedia(): boolean {
    return this.context.media !== null && this.#state === 'connected' && this.#step !== 'server';
  }

  /** Why it failed, where that is known. */
  get failure(): LinkFailure | null {
    return this.#state === 'failed' && this.#lacksRelay ? 'no-relay' : null;
  }

  get connection(): RTCPeerConnection | null {
    return this.negotiation.connection?.raw ?? null;
  }

  get stats(): LinkStats {
    const isUp = this.#state === 'connected';
    const via = this.#step === 'server' ? 'server' : (this.#path?.via ?? null);
    const rttMs = this.carrier?.rttMs ?? this.#path?.rttMs ?? null;
    return { via: isUp ? via : null, rttMs: isUp ? rttMs : null, loss: this.carrier?.loss ?? null };
  }

  /** Bytes of reliable data that have not arrived yet, as far as that is known. */
  get bufferedAmount(): number {
    return this.carrier?.bufferedAmount ?? this.negotiation.connection?.bufferedAmount ?? 0;
  }

  onSignal(signal: Signal): void {
    this.negotiation.onSignal(signal);
  }

  /** A frame that came through the server. */
  onFrame(frame: Uint8Array): void {
    if (!this.#isClosed) this.carrier?.receive(frame, 'server');
  }

  /** A link that is up is left alone, any other is negotiated anew. */
  renegotiate(how: { readonly wasAway: boolean }): void {
    if (this.#isClosed || !this.context.canSignal()) return;
    this.negotiation.hurryTracks();
    this.#repair.renegotiate(how);
  }

  /** Throws `not-connected`, `buffer-full`, and `webrtc` for more than a channel takes. */
  send(data: Data, reliable: boolean): void {
    if (!this.isOpen) throw new OnlineMatchError('not-connected', 'The link is not open.');
    try {
      if (this.carrier !== null) this.carrier.send(data, reliable);
      else this.negotiation.connection?.send(data, reliable);
    } catch (cause) {
      throw cause instanceof OnlineMatchError
        ? cause
        : new OnlineMatchError('webrtc', errorFrom(cause).message, cause);
    }
  }

  say(word: string): void {
    if (this.carrier?.way === 'server') this.carrier.say(word);
    else this.negotiation.connection?.say(word);
  }

  /** Looks at how data goes. */
  async measure(): Promise<void> {
    this.carrier?.probe();
    const { connection } = this.negotiation;
    const path = this.#step === 'server' ? null : ((await connection?.path()) ?? null);
    if (connection !== this.negotiation.connection || this.#isClosed) return;
    if (path === null) return;
    const isNews = path.via !== this.#path?.via;
    this.#path = path;
    if (this.#state !== 'connected') return;
    if (isNews) this.context.onState(this.#state);
    this.#repair.onMeasured(path.via);
  }

  /** An allocation of a TURN server ends with the login that it was made with: it is made anew with the fresh one. */
  renewLogins(): void {
    if (this.#state !== 'connected' || !this.#path?.isOwnRelay || !this.context.canSignal()) return;
    if (!this.context.can.includes('ice_restart')) return;
    if (this.context.isOfferer) this.negotiation.restart();
    else this.negotiation.ask();
  }

  /** Begins anew where a TURN server was wanting. */
  setIceServers(iceServers: readonly RTCIceServer[]): void {
    this.negotiation.connection?.setIceServers(iceServers);
    if (!this.#lacksRelay || lacksRelay(this.context.connectionOptions().relay, iceServers)) return;
    if (!this.context.canSignal()) return;
    if (!this.context.isOfferer) this.negotiation.ask();
    this.negotiation.reconnect();
  }

  /** The other player says that they can have no link for want of a TURN server: to try here helps nothing. */
  onOtherLacksRelay(): void {
    if (!this.#isClosed && this.#state === 'connecting') this.#giveUp(noRelay('other'));
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#repair.close();
    this.carrier?.close();
    this.negotiation.close();
  }

  show(state: LinkState, step = this.#step): void {
    if (this.#isClosed || (this.#state === state && this.#step === step)) return;
    if (state !== 'connected') this.#path = null;
    this.#state = state;
    this.#step = step;
    this.#wasUp ||= state === 'connected';
    this.#hasComplained &&= state !== 'connected';
    this.context.onState(state);
    if (state === 'connected') void this.measure();
  }

  wait(ms: number, callback: () => void): void {
    clearTimeout(this.#timer);
    // A listener may have left the match in the meantime.
    if (!this.#isClosed) this.#timer = setTimeout(callback, ms);
  }

  stopWaiting(): void {
    clearTimeout(this.#timer);
  }

  readonly #onHeard: ((way: 'channels' | 'server') => void) | undefined;

  #newCarrier(): Carrier {
    const { epoch, sendByServer, onMessage, onWord, onDrained } = this.context;
    return new Carrier({
      epoch,
      sendByChannel: (bytes, reliable) => this.negotiation.connection?.send(bytes, reliable),
      sendByServer,
      onMessage,
      onWord,
      onHeard: (way) => this.#onHeard?.(way),
      onDrained,
    });
  }

  #onChannel(data: string | ArrayBuffer, reliable: boolean): void {
    if (this.carrier === null) this.context.onMessage(data, reliable);
    else if (typeof data !== 'string') this.carrier.receive(new Uint8Array(data), 'channels');
  }

  /** The connection is of no more use. */
  #onBroken(cause: unknown): void {
    if (cause instanceof OnlineMatchError && cause.code === 'no-relay') {
      this.#giveUp(cause);
      return;
    }
    if (cause !== undefined && !this.#hasComplained)
      this.context.onError(new OnlineMatchError('webrtc', errorFrom(cause).message, cause));
    this.#hasComplained ||= cause !== undefined;
    this.negotiation.drop();
    this.#repair.onBroken();
  }

  /** Nothing is tried until there is a TURN server, here or there. */
  #giveUp(error: OnlineMatchError): void {
    this.#repair.giveUp();
    this.#lacksRelay = true;
    this.negotiation.drop();
    this.show('failed');
    this.context.onError(error);
  }
}
