import type { LinkState } from '../../../src/protocol/link-report.ts';
import type { Signal } from '../../../src/protocol/peer-method.ts';
import type { Data } from './channels.ts';
import type { ConnectionOptions } from './connection.ts';
import type { OnlineMatchError } from './errors.ts';
import { Link } from './link.ts';

export interface MeshContext {
  connectionOptions(): ConnectionOptions;
  isAnnounced(sessionId: string): boolean;
  send(sessionId: string, signal: Signal): void;
  onLinkState(sessionId: string, state: LinkState): void;
  onMessage(sessionId: string, data: string | ArrayBuffer, reliable: boolean): void;
  onError(error: OnlineMatchError): void;
}

/** So many signals wait for a player of whom nothing is known yet. */
const MAX_PENDING = 128;

/** The links to all other players. */
export class Mesh {
  readonly #localId: string;
  readonly #context: MeshContext;
  readonly #links = new Map<string, Link>();
  /** Signals that came before their sender was known, by the sender's session id. */
  readonly #pending = new Map<string, Signal[]>();
  #isClosed = false;

  constructor(localId: string, context: MeshContext) {
    this.#localId = localId;
    this.#context = context;
  }

  get states(): readonly (readonly [string, LinkState])[] {
    return [...this.#links].map(([sessionId, { state }]) => [sessionId, state] as const);
  }

  get(sessionId: string): Link | undefined {
    return this.#links.get(sessionId);
  }

  add(remoteId: string): void {
    if (this.#isClosed || this.#links.has(remoteId)) return;
    const context = this.#context;
    const link = new Link({
      localId: this.#localId,
      remoteId,
      connectionOptions: () => context.connectionOptions(),
      isAnnounced: () => context.isAnnounced(remoteId),
      send: (signal) => context.send(remoteId, signal),
      onState: (state) => context.onLinkState(remoteId, state),
      onMessage: (data, reliable) => context.onMessage(remoteId, data, reliable),
      onError: (error) => context.onError(error),
    });
    this.#links.set(remoteId, link);
    link.open();
    const pending = this.#pending.get(remoteId) ?? [];
    this.#pending.delete(remoteId);
    for (const signal of pending) link.onSignal(signal);
  }

  remove(sessionId: string): void {
    this.#links.get(sessionId)?.close();
    this.#links.delete(sessionId);
    this.#pending.delete(sessionId);
  }

  onSignal(sessionId: string, signal: Signal): void {
    const link = this.#links.get(sessionId);
    if (link !== undefined) {
      link.onSignal(signal);
      return;
    }
    const pending = this.#pending.get(sessionId) ?? [];
    if (pending.length < MAX_PENDING) this.#pending.set(sessionId, [...pending, signal]);
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
    this.#pending.clear();
  }
}
