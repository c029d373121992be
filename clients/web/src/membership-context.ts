import type { Socket } from '@heroiclabs/nakama-js';
import type { OnlineMatchError } from './errors.ts';
import type { Emit } from './events.ts';
import type { GameLoop } from './game-loop.ts';
import type { IceSource } from './ice.ts';
import type { Player } from './roster.ts';
import type { Settings } from './settings.ts';

export interface MembershipContext {
  readonly socket: Socket;
  readonly settings: Settings;
  readonly emit: Emit;
  readonly ice: IceSource;
  readonly loop: GameLoop;
  /** Whom the matchmaker put into the match; null where no matchmaker did. */
  readonly matched: readonly Player[] | null;
  /** Whether the game had begun already, before a reload of the page. */
  readonly isPlaying: boolean;
  /** Ends the membership: the player was refused after the join. */
  onRefused(error: OnlineMatchError): void;
  /** A snapshot shows the player in their seat: for the first time, or after a return. */
  onSeated(peerId: number): void;
}
