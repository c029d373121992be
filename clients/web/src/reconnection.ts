import type { Match, Socket } from '@heroiclabs/nakama-js';
import { pauseBefore } from './backoff.ts';
import { type CallOptions, call } from './call.ts';
import { errorFrom, isPassing, OnlineMatchError } from './errors.ts';
import { MatchSocket } from './match-socket.ts';
import { abandon, connect, socketLike } from './next-socket.ts';
import type { Settings } from './settings.ts';
import type { Tab } from './tab.ts';

/** Longer than a server keeps a seat; the last try begins after it. */
export const GIVE_UP_MS = 180_000;
/** For all steps of one try. */
const TRY_WITHIN_MS = 20_000;
/** The game's own way to a session may be as slow as half a try. */
const TRY: CallOptions = { timeoutMs: TRY_WITHIN_MS };

/** The seat to come back to. */
export interface SeatToResume {
  readonly matchId: string;
  readonly peerId: number;
}

/** In again, on another socket. */
export interface Return {
  readonly match: Match;
  readonly socket: Socket;
  readonly matchSocket: MatchSocket;
}

export interface ReconnectionContext {
  readonly settings: Settings & { readonly reconnect: NonNullable<Settings['reconnect']> };
  /** The one that was lost. */
  readonly socket: Socket;
  readonly seat: SeatToResume;
  readonly tab: Tab | null;
  onBack(back: Return): void;
  /** There is no way back; the error says why. */
  onOver(error: OnlineMatchError): void;
  /** The socket of a return that was not told of yet, or of one that was. */
  onClosed(socket: Socket): void;
}

/** Tries to come back to a seat, ever more slowly, until it is done, over or stopped. */
export class Reconnection {
  readonly #context: ReconnectionContext;
  readonly #sinceMs = Date.now();
  readonly #stopped = new AbortController();
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isTrying = false;

  constructor(context: ReconnectionContext) {
    this.#context = context;
    this.#plan();
  }

  /** Something has changed, such as the network: the next try is made now. */
  hurry(): void {
    if (this.#isTrying || this.#stopped.signal.aborted) return;
    clearTimeout(this.#timer);
    void this.#try();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#stopped.abort(new OnlineMatchError('left', 'The match was left.'));
  }

  #plan(): void {
    this.#timer = setTimeout(() => void this.#try(), pauseBefore(this.#tries, Math.random()));
  }

  async #try(): Promise<void> {
    this.#tries++;
    this.#isTrying = true;
    const startedMs = Date.now();
    try {
      this.#context.onBack(await this.#comeBack());
    } catch (error) {
      if (this.#stopped.signal.aborted) return;
      this.#isTrying = false;
      const failure = errorFrom(error);
      // By the clock, and never without a try that began when the time was over: this page may have slept.
      const isOver = !isPassing(failure) || startedMs - this.#sinceMs > GIVE_UP_MS;
      if (isOver) this.#context.onOver(failure);
      else this.#plan();
    }
  }

  #comeBack(): Promise<Return> {
    const { settings, tab, seat, onClosed } = this.#context;
    return call(TRY, this.#stopped.signal, async (wait) => {
      const asking = tab?.isElsewhere() ?? Promise.resolve(false);
      const [session, isElsewhere] = await wait(Promise.all([settings.reconnect(), asking]));
      if (isElsewhere)
        throw new OnlineMatchError('resumed-elsewhere', 'A copy of this tab goes on with the match.');
      const socket = settings.createSocket?.() ?? socketLike(this.#context.socket);
      const matchSocket = new MatchSocket(socket, settings.media, () => onClosed(socket));
      try {
        await wait(connect(socket, session));
        const destination = { matchId: seat.matchId };
        const resumption = { peerId: seat.peerId, fresh: false };
        const match = await wait(matchSocket.join(destination, settings.clientVersion, { resumption }));
        return { match, socket, matchSocket };
      } catch (error) {
        matchSocket.end(errorFrom(error));
        // Who has left meanwhile may be in again by now.
        if (this.#stopped.signal.aborted) await matchSocket.withdraw();
        abandon(socket);
        throw error;
      }
    });
  }
}
