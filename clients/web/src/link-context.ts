import type { Capability } from '../../../src/protocol/capability.ts';
import type { LinkState } from '../../../src/protocol/link-report.ts';
import type { Signal } from '../../../src/protocol/peer-method.ts';
import type { ConnectionOptions } from './connection.ts';
import type { OnlineMatchError } from './errors.ts';
import type { MediaEvents } from './media.ts';
import type { OwnTrack } from './own-tracks.ts';

/** What a link knows of its two players, and whom it tells what. */
export interface LinkContext {
  /** Whether this player makes the offers and decides when to connect anew. */
  readonly isOfferer: boolean;
  /** Whether the other player's client announced itself. */
  readonly isAnnounced: boolean;
  /** What both clients can. */
  readonly can: readonly Capability[];
  /** The same number at both ends, and another after a reload of one of the two. */
  readonly epoch: number;
  /** Asked each time that a connection is made. */
  connectionOptions(): ConnectionOptions;
  /** Whether signals reach the other player: both have a socket. */
  canSignal(): boolean;
  send(signal: Signal): void;
  /** A frame through the server; returns whether it went out. */
  sendByServer(frame: Uint8Array): boolean;
  /** Gets fresh logins for TURN servers, if there are any to be had. */
  refreshIce(): Promise<void>;
  /** The link's state, step or way is another. */
  onState(state: LinkState): void;
  onDrained(): void;
  onMessage(data: string | ArrayBuffer, reliable: boolean): void;
  onWords(): void;
  onWord(word: string): void;
  /** Null where one of the two clients takes no tracks. */
  readonly media: (MediaEvents & { tracks(): readonly OwnTrack[] }) | null;
  onError(error: OnlineMatchError): void;
}
