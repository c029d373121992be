import type { LinkState } from '../../../src/protocol/link-report.ts';
import type { Signal } from '../../../src/protocol/peer-method.ts';
import type { ConnectionOptions } from './connection.ts';
import type { OnlineMatchError } from './errors.ts';

/** What a link knows of its two players, and whom it tells what. */
export interface LinkContext {
  /** Whether this player makes the offers and decides when to connect anew. */
  readonly isOfferer: boolean;
  /** Whether the other player's client announced itself; only then an ICE restart is tried. */
  readonly isAnnounced: boolean;
  /** Asked each time that a connection is made. */
  connectionOptions(): ConnectionOptions;
  /** Whether signals reach the other player: both have a socket. */
  canSignal(): boolean;
  send(signal: Signal): void;
  onState(state: LinkState): void;
  onMessage(data: string | ArrayBuffer, reliable: boolean): void;
  onWords(): void;
  onWord(word: string): void;
  onError(error: OnlineMatchError): void;
}
