import type { CandidateSignal, DescriptionSignal, Signal } from '../../../src/protocol/signal.ts';
import { Channels, type Data } from './channels.ts';
import { allowedServers, isAllowed, type NetworkRelay } from './ice.ts';

/** How connections are made. */
export interface ConnectionOptions {
  readonly RTCPeerConnection: typeof RTCPeerConnection;
  readonly iceServers: readonly RTCIceServer[];
  readonly relay: NetworkRelay;
}

export interface ConnectionEvents {
  send(signal: Signal): void;
  onOpen(): void;
  /** The network does not answer, which may pass. */
  onInterrupted(): void;
  /** It answers again. */
  onResumed(): void;
  /** ICE has given up: a restart may help. */
  onFailed(): void;
  /** Beyond help: a channel closed, or WebRTC refused a step. */
  onLost(cause?: unknown): void;
  onMessage(data: string | ArrayBuffer, reliable: boolean): void;
}

/** One RTCPeerConnection with its channels; a link that is built anew has another. */
export class Connection {
  readonly raw: RTCPeerConnection;
  readonly #channels: Channels;
  readonly #relay: NetworkRelay;
  readonly #events: ConnectionEvents;
  /** Steps are taken one after the other. */
  #steps: Promise<void> = Promise.resolve();
  #isClosed = false;
  #offerNumber = 0;
  /** Candidates that came before the description that they belong to. */
  #early: CandidateSignal[] | null = [];
  /** Own candidates that were found before the description was sent. */
  #unsent: CandidateSignal[] | null = null;

  /** Throws what RTCPeerConnection throws, for example at a malformed ICE server. */
  constructor({ RTCPeerConnection, iceServers, relay }: ConnectionOptions, events: ConnectionEvents) {
    this.#relay = relay;
    this.#events = events;
    this.raw = new RTCPeerConnection({
      iceServers: allowedServers(relay, iceServers),
      iceTransportPolicy: relay === 'forced' ? 'relay' : 'all',
    });
    this.#channels = new Channels(this.raw, {
      onOpen: events.onOpen,
      onClose: () => events.onLost(),
      onMessage: events.onMessage,
    });
    this.raw.onicecandidate = ({ candidate }) => this.#onCandidate(candidate);
    this.raw.onconnectionstatechange = () => this.#onState();
  }

  get isOpen(): boolean {
    return !this.#isClosed && this.#channels.isOpen;
  }

  /** Makes and sends an offer; `number` tells its answer. */
  offer(number: number, options: RTCOfferOptions = {}): void {
    this.#offerNumber = number;
    this.#then(async () => {
      const offer = await this.raw.createOffer(options);
      await this.#describe(offer, number);
    });
  }

  /** Takes the other side's offer, and answers it, or its answer to the last offer. */
  accept({ type, sdp, offerNumber }: DescriptionSignal): void {
    this.#then(async () => {
      if (type === 'answer') {
        const isLate = offerNumber !== null && offerNumber !== this.#offerNumber;
        if (isLate || this.raw.signalingState !== 'have-local-offer') return;
      }
      await this.raw.setRemoteDescription({ type, sdp });
      const early = this.#early ?? [];
      this.#early = null;
      for (const candidate of early) await this.#use(candidate);
      if (type !== 'offer' || this.#isClosed) return;
      const answer = await this.raw.createAnswer();
      await this.#describe(answer, offerNumber);
    });
  }

  addCandidate(candidate: CandidateSignal): void {
    if (!isAllowed(this.#relay, candidate.name)) return;
    this.#then(async () => {
      if (this.#early === null) await this.#use(candidate);
      else this.#early.push(candidate);
    });
  }

  send(data: Data, reliable: boolean): void {
    this.#channels.send(data, reliable);
  }

  /** From the next ICE restart on; a WebRTC without this keeps the old ones. */
  setIceServers(iceServers: readonly RTCIceServer[]): void {
    try {
      const allowed = allowedServers(this.#relay, iceServers);
      this.raw.setConfiguration?.({ ...this.raw.getConfiguration(), iceServers: allowed });
    } catch {
      // The next connection has them.
    }
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#channels.silence();
    this.raw.onicecandidate = null;
    this.raw.onconnectionstatechange = null;
    this.raw.close();
  }

  /** The addon drops candidates that come before the description that they belong to, so they wait for it. */
  async #describe(description: RTCSessionDescriptionInit, offerNumber: number | null): Promise<void> {
    if (this.#isClosed) return;
    this.#unsent = [];
    await this.raw.setLocalDescription(description);
    if (this.#isClosed) return;
    const { type, sdp = '' } = description;
    this.#events.send({ kind: 'description', type: type as 'offer' | 'answer', sdp, offerNumber });
    const unsent = this.#unsent;
    this.#unsent = null;
    for (const candidate of unsent) this.#events.send(candidate);
  }

  /** A candidate that cannot be used, such as a late one of another connection, harms nothing. */
  async #use({ name, media, index }: CandidateSignal): Promise<void> {
    try {
      await this.raw.addIceCandidate({ candidate: name, sdpMid: media, sdpMLineIndex: index });
    } catch {}
  }

  #then(step: () => Promise<void>): void {
    this.#steps = this.#steps
      .then(() => (this.#isClosed ? undefined : step()))
      .catch((error) => {
        if (!this.#isClosed) this.#events.onLost(error);
      });
  }

  #onCandidate(found: RTCIceCandidate | null): void {
    const name = found?.candidate ?? '';
    if (name === '' || !isAllowed(this.#relay, name)) return;
    const { sdpMid, sdpMLineIndex } = found as RTCIceCandidate;
    const candidate = { kind: 'candidate', media: sdpMid ?? '0', index: sdpMLineIndex ?? 0, name } as const;
    if (this.#unsent === null) this.#events.send(candidate);
    else this.#unsent.push(candidate);
  }

  #onState(): void {
    const { connectionState } = this.raw;
    if (connectionState === 'disconnected') this.#events.onInterrupted();
    if (connectionState === 'connected') this.#events.onResumed();
    if (connectionState === 'failed') this.#events.onFailed();
  }
}
