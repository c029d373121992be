import type { LinkState } from '../../../src/protocol/link-report.ts';
import type { Signal } from '../../../src/protocol/peer-method.ts';
import type { Data } from './channels.ts';
import type { ConnectionOptions } from './connection.ts';
import type { OnlineMatchError } from './errors.ts';
import { Link } from './link.ts';

export interface MeshContext {
  connectionOptions(): Omit<ConnectionOptions, 'hasWords'>;
  canSignal(peerId: number): boolean;
  send(peerId: number, signal: Signal): void;
  onLinkState(peerId: number, state: LinkState): void;
  onMessage(peerId: number, data: string | ArrayBuffer, reliable: boolean): void;
  /** Words can be said to that player now. */
  onWords(peerId: number): void;
  onWord(peerId: number, word: string): void;
  onError(error: OnlineMatchError): void;
}

/** What decides how a link is made. */
export interface LinkOptions {
  readonly isOfferer: boolean;
  readonly isAnnounced: boolean;
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
  add(peerId: number, { isOfferer, isAnnounced }: LinkOptions): void {
    if (this.#isClosed) return;
    const context = this.#context;
    this.remove(peerId);
    const link = new Link({
      isOfferer,
      isAnnounced,
      connectionOptions: () => ({ ...context.connectionOptions(), hasWords: isAnnounced }),
      canSignal: () => context.canSignal(peerId),
      send: (signal) => context.send(peerId, signal),
      onState: (state) => context.onLinkState(peerId, state),
      onMessage: (data, reliable) => context.onMessage(peerId, data, reliable),
      onWords: () => context.onWords(peerId),
      onWord: (word) => context.onWord(peerId, word),
      onError: (error) => context.onError(error),
    });
    this.#links.set(peerId, link);
    link.open();
  }

  remove(peerId: number): void {
    this.#links.get(peerId)?.close();
    this.#links.delete(peerId);
  }

  /** To every player whose link is open. */
  sendToAll(data: Data, reliable: boolean): void {
    for (const link of this.#links.values()) if (link.isOpen) link.send(data, reliable);
  }

  setIceServers(iceServers: readonly RTCIceServer[]): void {
    for (const link of this.#links.values()) link.setIceServers(iceServers);
  }

  close(): void {
    this.#isClosed = true;
    for (const link of this.#links.values()) link.close();
    this.#links.clear();
  }
}
