import type { Match, Socket } from '@heroiclabs/nakama-js';
import { type CallOptions, call, type Wait } from './call.ts';
import { Entry } from './entry.ts';
import { OnlineMatchError } from './errors.ts';
import type { Emit } from './events.ts';
import { IceSource } from './ice.ts';
import { Membership } from './membership.ts';
import type { Player } from './players.ts';
import type { Settings } from './settings.ts';

/**
 * `lobby`: in no match; `matching`: waiting for the matchmaker; `joining`; `connecting`: in, and not ready;
 * `ready`; `playing`: after `startPlaying()`.
 */
export type MatchState = 'lobby' | 'matching' | 'joining' | 'connecting' | 'ready' | 'playing';

export interface VisitContext {
  readonly socket: Socket;
  readonly settings: Settings;
  readonly emit: Emit;
  /** Whether the matchmaker finds the match. */
  readonly isMatchmaking: boolean;
  /** It is over; `undone` resolves when the server knows and the links are closed, and never rejects. */
  onEnded(undone: Promise<void>): void;
}

/** What was found on the way in. */
export interface Found {
  readonly match: Match;
  /** Whom the matchmaker put into it. */
  readonly expected: readonly Player[];
  readonly news: 'matchCreated' | 'matchJoined' | null;
}

export type Find = (entry: Entry, wait: Wait) => Promise<Found>;

/** One match of a player, from the call that looks for it until the player is back in the lobby. */
export class Visit {
  readonly #context: VisitContext;
  readonly #entry: Entry;
  readonly #ice: IceSource;
  #membership: Membership | null = null;
  #isOver = false;

  constructor(context: VisitContext) {
    const { socket, settings } = context;
    this.#context = context;
    this.#entry = new Entry(socket, () => this.#onDisconnected());
    this.#ice = new IceSource(socket, settings.iceServers, () => this.#membership?.onIceRefreshed());
  }

  /** Null until the server has the player. */
  get membership(): Membership | null {
    return this.#membership;
  }

  /** Aborts when this is over, with the error that says why. */
  get ended(): AbortSignal {
    return this.#entry.ended;
  }

  get state(): MatchState {
    if (this.#membership === null)
      return this.#context.isMatchmaking && !this.#entry.isJoining ? 'matching' : 'joining';
    if (this.#membership.isPlaying) return 'playing';
    return this.#membership.isReady ? 'ready' : 'connecting';
  }

  /** The way in; resolves to the match's id. Whatever goes wrong there ends this. */
  async enter(options: CallOptions, find: Find): Promise<string> {
    try {
      return await call(options, this.ended, async (wait) => {
        const [found] = await Promise.all([find(this.#entry, wait), wait(this.#ice.load())]);
        return this.#begin(found);
      });
    } catch (error) {
      this.end(error as OnlineMatchError);
      throw error;
    }
  }

  /** Nothing more is heard of it at once. */
  end(reason: OnlineMatchError, { isServerGone = false } = {}): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#entry.end(reason);
    this.#ice.stop();
    this.#membership?.silence();
    const undone = isServerGone ? Promise.resolve() : this.#entry.undo();
    // Last, so that the others hear of the leaving before they lose the link.
    this.#context.onEnded(undone.then(() => this.#membership?.close()));
  }

  #begin({ match, expected, news }: Found): string {
    this.ended.throwIfAborted();
    const { socket, settings, emit } = this.#context;
    const membership = new Membership(match, {
      socket,
      settings,
      emit,
      ice: this.#ice,
      expected,
      onRefused: (error) => {
        this.end(error);
        emit('error', error);
      },
    });
    this.#membership = membership;
    if (news !== null) emit(news, membership.matchId);
    membership.start();
    this.#entry.handTo(membership);
    // A listener may have left it at once.
    this.ended.throwIfAborted();
    return membership.matchId;
  }

  #onDisconnected(): void {
    this.end(new OnlineMatchError('disconnected', 'The socket was closed.'), { isServerGone: true });
    this.#context.emit('disconnected', undefined);
  }
}
