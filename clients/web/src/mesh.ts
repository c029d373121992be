import type { Capability } from '../../../src/protocol/capability.ts';
import type { LinkState } from '../../../src/protocol/link-report.ts';
import type { Signal } from '../../../src/protocol/peer-method.ts';
import type { Data } from './channels.ts';
import type { ConnectionOptions } from './connection.ts';
import { errorFrom, OnlineMatchError } from './errors.ts';
import { Link } from './link.ts';
import type { LinkContext } from './link-context.ts';
import type { OwnTrack } from './own-tracks.ts';

export interface MeshContext {
  connectionOptions(): Omit<ConnectionOptions, 'hasWords'>;
  canSignal(peerId: number): boolean;
  send(peerId: number, signal: Signal): void;
  sendByServer(peerId: number, frame: Uint8Array): boolean;
  refreshIce(): Promise<void>;
  onLinkState(peerId: number, state: LinkState): void;
  onDrained(peerId: number): void;
  onMessage(peerId: number, data: string | ArrayBuffer, reliable: boolean): void;
  /** Words can be said to that player now. */
  onWords(peerId: number): void;
  onWord(peerId: number, word: string): void;
  /** What that player gets. */
  tracksTo(peerId: number): readonly OwnTrack[];
  onTrack(peerId: number, track: MediaStreamTrack, streams: readonly MediaStream[]): void;
  onTrackEnded(peerId: number, track: MediaStreamTrack): void;
  onError(error: OnlineMatchError): void;
}

/** What decides how a link is made. */
export interface LinkOptions {
  readonly isOfferer: boolean;
  readonly isAnnounced: boolean;
  /** What both clients can. */
  readonly can: readonly Capability[];
  /** Of both players together. */
  readonly epoch: number;
}

/** The links to all other players, by peer id: sockets come and go, and a player's link stays. */
export class Mesh {
  readonly #context: MeshContext;
  readonly #links = new Map<number, Link>();
  #isClosed = false;

  constructor(context: MeshContext) {
    this.#context = context;
  }

  get links(): ReadonlyMap<number, Link> {
    return this.#links;
  }

  get(peerId: number): Link | undefined {
    return this.#links.get(peerId);
  }

  /** A new link to this player; an earlier one is closed. */
  add(peerId: number, options: LinkOptions): void {
    if (this.#isClosed) return;
    const context = this.#context;
    this.remove(peerId);
    const link = new Link({
      ...options,
      connectionOptions: () => ({ ...context.connectionOptions(), hasWords: options.isAnnounced }),
      canSignal: () => context.canSignal(peerId),
      send: (signal) => context.send(peerId, signal),
      sendByServer: (frame) => context.sendByServer(peerId, frame),
      refreshIce: () => context.refreshIce(),
      onDrained: () => context.onDrained(peerId),
      onState: (state) => context.onLinkState(peerId, state),
      onMessage: (data, reliable) => context.onMessage(peerId, data, reliable),
      onWords: () => context.onWords(peerId),
      onWord: (word) => context.onWord(peerId, word),
      media: options.can.includes('media') ? this.#mediaOf(peerId) : null,
      onError: (error) => context.onError(error),
    });
    this.#links.set(peerId, link);
    link.open();
  }

  remove(peerId: number): void {
    this.#links.get(peerId)?.close();
    this.#links.delete(peerId);
  }

  /** The tracks for some player are others. */
  updateTracks(): void {
    for (const link of this.#links.values()) link.negotiation.updateTracks();
  }

  /** To every player whose link is open. Throws what one of them threw, after it was sent to the others. */
  sendToAll(data: Data, reliable: boolean): void {
    let failure: unknown = null;
    for (const link of this.#links.values()) {
      if (!link.isOpen) continue;
      try {
        link.send(data, reliable);
      } catch (error) {
        failure = error;
      }
    }
    if (failure !== null) throw failure;
  }

  /** `isDue`: those in use expire soon. */
  setIceServers(iceServers: readonly RTCIceServer[], isDue = false): void {
    for (const link of this.#links.values()) {
      link.setIceServers(iceServers);
      if (isDue) link.renewLogins();
    }
  }

  /** The server takes nothing for so long. */
  slowDown(ms: number): void {
    for (const link of this.#links.values()) link.carrier?.slowDown(ms);
  }

  close(): void {
    this.#isClosed = true;
    for (const link of this.#links.values()) link.close();
    this.#links.clear();
  }

  #mediaOf(peerId: number): LinkContext['media'] {
    const { tracksTo, onTrack, onTrackEnded, onError } = this.#context;
    return {
      tracks: () => tracksTo(peerId),
      onTrack: (track, streams) => onTrack(peerId, track, streams),
      onTrackEnded: (track) => onTrackEnded(peerId, track),
      onTrackRefused: (cause) => onError(new OnlineMatchError('webrtc', errorFrom(cause).message, cause)),
    };
  }
}
