import type { Match, Socket } from '@heroiclabs/nakama-js';
import type { Wait } from './call.ts';
import type { Emit } from './events.ts';
import type { GameLoop } from './game-loop.ts';
import type { MatchSocket } from './match-socket.ts';
import type { Player } from './roster.ts';
import type { Settings } from './settings.ts';

/**
 * `lobby`: in no match; `matching`: waiting for the matchmaker; `joining`; `connecting`: in, and not ready;
 * `ready`; `playing`: after `startPlaying()`. The last three go on while the socket, or the room, is lost.
 */
export type MatchState = 'lobby' | 'matching' | 'joining' | 'connecting' | 'ready' | 'playing';

export interface ParticipationContext {
  readonly socket: Socket;
  readonly settings: Settings;
  readonly loop: GameLoop;
  readonly emit: Emit;
  /** Whether the matchmaker finds the match. */
  readonly isMatchmaking: boolean;
  /** Another socket has taken the place of the one that was lost. */
  onSocket(socket: Socket): void;
  /** Called at the end; `left` resolves when the server knows and the links are closed, and never rejects. */
  onEnded(left: Promise<void>): void;
}

/** The match that a call found and joined. */
export interface JoinedMatch {
  readonly match: Match;
  /** Whom the matchmaker put into it; null where no matchmaker did. */
  readonly matched: readonly Player[] | null;
  /** The event that tells the game. */
  readonly event: 'matchCreated' | 'matchJoined' | null;
  /** Of a match that the server made, or chose. */
  readonly code?: string;
  /** Whether the game had begun before a reload of the page. */
  readonly isPlaying?: boolean;
}

export type FindMatch = (socket: MatchSocket, wait: Wait) => Promise<JoinedMatch>;
