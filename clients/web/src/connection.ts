import type { CandidateSignal, DescriptionSignal, Signal } from '../../../src/protocol/peer-method.ts';
import { Channels, type Data } from './channels.ts';
import { noRelay } from './errors.ts';
import { allowedIceServers, isCandidateAllowed, lacksRelay, type NetworkRelay } from './ice.ts';
import { Media, type MediaEvents } from './media.ts';
import type { OwnTrack } from './own-tracks.ts';
import { type Path, pathOf } from './path.ts';

/** How connections are made. */
export interface ConnectionOptions {
  readonly RTCPeerConnection: typeof RTCPeerConnection;
  readonly iceServers: readonly RTCIceServer[];
  readonly relay: NetworkRelay;
  /** Whether there is a channel for words of the two libraries. */
  readonly hasWords: boolean;
  /** Whether this end goes through a TURN server alone, whatever the other does. */
  readonly isTurnOnly?: boolean;
}

export interface ConnectionEvents {
  /** To be sent to the other player. */
  onSignal(signal: Signal): void;
  onOpen(): void;
  /** The network does not answer; it may come back by itself. */
  onInterrupted(): void;
  /** It answers again. */
  onRecovered(): void;
  /** ICE has given up: a restart may help. */
  onFailed(): void;
  /** It is of no more use: a channel closed, or WebRTC refused a step. */
  onBroken(cause?: unknown): void;
  onMessage(data: string | ArrayBuffer, reliable: boolean): void;
  onWords(): void;
  onWord(word: string): void;
  /** Of the tracks; null where there are none. */
  readonly media: (MediaEvents & { onNeeded(): void }) | null;
  /** The two ends are about to agree. */
  onAgreed(): void;
}

/** One RTCPeerConnection with its channels. A link that connects anew gets another. */
export class Connection {
  readonly raw: RTCPeerConnection;
  readonly #channels: Channels;
  readonly #media: Media | null;
  readonly #relay: NetworkRelay;
  readonly #events: ConnectionEvents;
  /** The last step; each begins when the one before is done. */
  #lastStep: Promise<void> = Promise.resolve();
  #isClosed = false;
  #offerNumber = 0;
  /** Whether the last offer was for an ICE restart. */
  #isRestarting = false;
  /** Whether the two ends do not agree on the tracks. */
  #isNeeded = false;
  /** The other player's candidates that came before their description; null after that. */
  #pendingCandidates: CandidateSignal[] | null = [];
  /** Own candidates, while the description that goes before them is not sent; else null. */
  #unsentCandidates: CandidateSignal[] | null = null;

  /** Throws `no-relay`, and what RTCPeerConnection throws, for example at a malformed ICE server. */
  constructor(
    { RTCPeerConnection, iceServers, relay, hasWords, isTurnOnly = false }: ConnectionOptions,
    events: ConnectionEvents,
  ) {
    if (lacksRelay(relay, iceServers)) throw noRelay('own');
    this.#relay = relay;
    this.#events = events;
    this.raw = new RTCPeerConnection({
      iceServers: allowedIceServers(relay, iceServers),
      iceTransportPolicy: relay === 'forced' || isTurnOnly ? 'relay' : 'all',
    });
    const { media } = events;
    this.#media = media && new Media(this.raw, media, () => this.#onNeeded());
    this.#channels = new Channels(this.raw, hasWords, {
      onOpen: () => {
        events.onOpen();
        this.#media?.look(this.isOpen);
      },
      onClose: () => events.onBroken(),
      onMessage: events.onMessage,
      onWords: events.onWords,
      onWord: events.onWord,
    });
    this.raw.onicecandidate = ({ candidate }) => this.#onOwnCandidate(candidate);
    this.raw.onconnectionstatechange = () => this.#onState();
  }

  get isOpen(): boolean {
    return !this.#isClosed && this.#channels.isOpen;
  }

  /** Makes and sends an offer; its answer has the same `number`. */
  offer(number: number, { iceRestart = false } = {}): void {
    this.#queue(async () => {
      this.#offerNumber = number;
      // What the last one asked for and nobody answered.
      this.#isRestarting =
        iceRestart || (this.#isRestarting && this.raw.signalingState === 'have-local-offer');
      const offer = await this.raw.createOffer({ iceRestart: this.#isRestarting });
      await this.#sendDescription(offer, number);
    });
  }

  /**
   * Takes the other player's offer and answers it, or takes their answer to the last offer. Where both offer at once, the one
   * who `isPolite` takes theirs back.
   */
  acceptDescription({ type, sdp, offerNumber }: DescriptionSignal, isPolite = true): void {
    this.#queue(async () => {
      const isOffering = this.raw.signalingState === 'have-local-offer';
      if (type === 'answer') {
        const isLate = offerNumber !== null && offerNumber !== this.#offerNumber;
        if (isLate || !isOffering) return;
      } else if (isOffering) {
        if (!isPolite) return;
        // Browsers would do so by themselves, others would not.
        await this.raw.setLocalDescription({ type: 'rollback' });
      }
      if (type === 'answer') this.#settle();
      await this.raw.setRemoteDescription({ type, sdp });
      const pending = this.#pendingCandidates ?? [];
      this.#pendingCandidates = null;
      for (const candidate of pending) await this.#useCandidate(candidate);
      if (type === 'offer' && !this.#isClosed) {
        const answer = await this.raw.createAnswer();
        this.#settle();
        await this.#sendDescription(answer, offerNumber);
      }
      if (!this.#isClosed) this.#media?.look(this.isOpen);
    });
  }

  /** The other player gets these tracks, as soon as they can. */
  sendTracks(tracks: readonly OwnTrack[]): void {
    this.#queue(async () => this.#media?.send(tracks));
  }

  addCandidate(candidate: CandidateSignal): void {
    if (!isCandidateAllowed(this.#relay, candidate.name)) return;
    this.#queue(async () => {
      if (this.#pendingCandidates === null) await this.#useCandidate(candidate);
      else this.#pendingCandidates.push(candidate);
    });
  }

  send(data: Data, reliable: boolean): void {
    this.#channels.send(data, reliable);
  }

  say(word: string): void {
    this.#channels.say(word);
  }

  get bufferedAmount(): number {
    return this.#channels.bufferedAmount;
  }

  /** How the data goes now; null while nothing is known of it. */
  path(): Promise<Path | null> {
    return pathOf(this.raw);
  }

  /** In force from the next ICE restart on; where WebRTC cannot change them, from the next connection on. */
  setIceServers(iceServers: readonly RTCIceServer[]): void {
    this.#configure({ iceServers: allowedIceServers(this.#relay, iceServers) });
  }

  /** From the next ICE restart on this end may go by whichever address answers. */
  widen(): void {
    this.#configure({ iceTransportPolicy: this.#relay === 'forced' ? 'relay' : 'all' });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#channels.silence();
    this.raw.onicecandidate = null;
    this.raw.onconnectionstatechange = null;
    this.#media?.close();
    this.raw.close();
  }

  /** The addon drops candidates that come before their description, so own candidates wait until it is sent. */
  async #sendDescription(description: RTCSessionDescriptionInit, offerNumber: number | null): Promise<void> {
    if (this.#isClosed) return;
    this.#unsentCandidates = [];
    await this.raw.setLocalDescription(description);
    if (this.#isClosed) return;
    const { type, sdp = '' } = description;
    this.#events.onSignal({ kind: 'description', type: type as 'offer' | 'answer', sdp, offerNumber });
    const unsent = this.#unsentCandidates;
    this.#unsentCandidates = null;
    for (const candidate of unsent) this.#events.onSignal(candidate);
  }

  /** A candidate that cannot be used does no harm: it may be a late one of an earlier connection. */
  async #useCandidate({ name, media, index }: CandidateSignal): Promise<void> {
    try {
      await this.raw.addIceCandidate({ candidate: name, sdpMid: media, sdpMLineIndex: index });
    } catch {}
  }

  /** Asked in its turn: the description that is being set may be the answer. */
  #onNeeded(): void {
    this.#isNeeded = true;
    this.#queue(async () => {
      if (this.#isNeeded) this.#events.media?.onNeeded();
    });
  }

  /** The next description says all; WebRTC says after it if more is needed. */
  #settle(): void {
    this.#isNeeded = false;
    this.#events.onAgreed();
  }

  #configure(changes: RTCConfiguration): void {
    try {
      this.raw.setConfiguration?.({ ...this.raw.getConfiguration(), ...changes });
    } catch {
      // The next connection gets them.
    }
  }

  #queue(step: () => Promise<void>): void {
    this.#lastStep = this.#lastStep
      .then(() => (this.#isClosed ? undefined : step()))
      .catch((error) => {
        if (!this.#isClosed) this.#events.onBroken(error);
      });
  }

  #onOwnCandidate(found: RTCIceCandidate | null): void {
    const name = found?.candidate ?? '';
    if (name === '' || !isCandidateAllowed(this.#relay, name)) return;
    const { sdpMid, sdpMLineIndex } = found as RTCIceCandidate;
    const candidate = { kind: 'candidate', media: sdpMid ?? '0', index: sdpMLineIndex ?? 0, name } as const;
    if (this.#unsentCandidates === null) this.#events.onSignal(candidate);
    else this.#unsentCandidates.push(candidate);
  }

  #onState(): void {
    const { connectionState } = this.raw;
    if (connectionState === 'disconnected') this.#events.onInterrupted();
    if (connectionState === 'connected') this.#events.onRecovered();
    if (connectionState === 'failed') this.#events.onFailed();
  }
}
