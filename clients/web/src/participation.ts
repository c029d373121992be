import type { Match, Socket } from '@heroiclabs/nakama-js';
import { type CallOptions, call, type Wait } from './call.ts';
import { OnlineMatchError } from './errors.ts';
import type { Emit } from './events.ts';
import { IceSource } from './ice.ts';
import { MatchSocket } from './match-socket.ts';
import { Membership } from './membership.ts';
import type { Player } from './roster.ts';
import type { Settings } from './settings.ts';

/**
 * `lobby`: in no match; `matching`: waiting for the matchmaker; `joining`; `connecting`: in, and not ready;
 * `ready`; `playing`: after `startPlaying()`.
 */
export type MatchState = 'lobby' | 'matching' | 'joining' | 'connecting' | 'ready' | 'playing';

export interface ParticipationContext {
  readonly socket: Socket;
  readonly settings: Settings;
  readonly emit: Emit;
  /** Whether the matchmaker finds the match. */
  readonly isMatchmaking: boolean;
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
}

export type FindMatch = (socket: MatchSocket, wait: Wait) => Promise<JoinedMatch>;

/** A player's part in one match, from the call that looks for it until the player is back in the lobby. */
export class Participation {
  readonly #context: ParticipationContext;
  readonly #socket: MatchSocket;
  readonly #ice: IceSource;
  #membership: Membership | null = null;
  #isOver = false;

  constructor(context: ParticipationContext) {
    const { socket, settings } = context;
    this.#context = context;
    this.#socket = new MatchSocket(socket, () => this.#onDisconnected());
    this.#ice = new IceSource(socket, settings.iceServers, () => this.#membership?.onIceRefreshed());
  }

  /** Null until the server has let the player in. */
  get membership(): Membership | null {
    return this.#membership;
  }

  /** Aborts at the end, with the error that says why. */
  get ended(): AbortSignal {
    return this.#socket.ended;
  }

  get state(): MatchState {
    if (this.#membership === null)
      return this.#context.isMatchmaking && !this.#socket.isJoining ? 'matching' : 'joining';
    if (this.#membership.isPlaying) return 'playing';
    return this.#membership.isReady ? 'ready' : 'connecting';
  }

  /** Finds the match and joins it; resolves to its id. Any failure ends the participation. */
  async enter(options: CallOptions, findMatch: FindMatch): Promise<string> {
    try {
      return await call(options, this.ended, async (wait) => {
        const [joined] = await Promise.all([findMatch(this.#socket, wait), wait(this.#ice.load())]);
        return this.#begin(joined);
      });
    } catch (error) {
      this.end(error as OnlineMatchError);
      throw error;
    }
  }

  /** From now on the game hears nothing of this match. */
  end(reason: OnlineMatchError, { isServerGone = false } = {}): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#socket.end(reason);
    this.#ice.stop();
    this.#membership?.silence();
    const withdrawn = isServerGone ? Promise.resolve() : this.#socket.withdraw();
    // The links close last: the others hear that the player left before they lose the link.
    this.#context.onEnded(withdrawn.then(() => this.#membership?.close()));
  }

  #begin({ match, matched, event }: JoinedMatch): string {
    this.ended.throwIfAborted();
    const { socket, settings, emit } = this.#context;
    const membership = new Membership(match, {
      socket,
      settings,
      emit,
      ice: this.#ice,
      matched,
      onRefused: (error) => {
        this.end(error);
        emit('error', error);
      },
    });
    this.#membership = membership;
    if (event !== null) emit(event, membership.matchId);
    membership.start();
    this.#socket.listen(membership);
    // A listener may have left the match at once.
    this.ended.throwIfAborted();
    return membership.matchId;
  }

  #onDisconnected(): void {
    this.end(new OnlineMatchError('disconnected', 'The socket was closed.'), { isServerGone: true });
    this.#context.emit('disconnected', undefined);
  }
}
