import type { Match, MatchmakerMatched, Socket } from '@heroiclabs/nakama-js';
import type { Wait } from '../../clients/web/src/call.ts';
import { errorFrom, type OnlineMatchError } from '../../clients/web/src/errors.ts';
import { listenTo, type SocketListener } from '../../clients/web/src/socket-events.ts';
import { ANNOUNCEMENT, CLIENT_VERSION } from '../../src/protocol/version.ts';

/** Where to: a match by its id, or by the matchmaker's token. */
interface Place {
  readonly matchId?: string | undefined;
  readonly token?: string | undefined;
}

/**
 * The way into a match, until its end: what has to be undone, and what the socket says meanwhile. A message may
 * come before the code that waits for the reply to the join goes on, so messages are held until then.
 */
export class Entry {
  readonly #socket: Socket;
  readonly #ended = new AbortController();
  readonly #stopListening: () => void;
  #listener: Pick<SocketListener, 'onData' | 'onPresence'> | null = null;
  #held: ((listener: Pick<SocketListener, 'onData' | 'onPresence'>) => void)[] = [];
  #matched: MatchmakerMatched[] = [];
  #onMatched = () => {};
  #ticket: Promise<string> | null = null;
  #place: Place = {};
  #joining: Promise<Match> | null = null;

  constructor(socket: Socket, onClosed: () => void) {
    this.#socket = socket;
    this.#stopListening = listenTo(socket, {
      onData: (data) => this.#hear((listener) => listener.onData(data)),
      onPresence: (event) => this.#hear((listener) => listener.onPresence(event)),
      onMatched: (matched) => {
        this.#matched.push(matched);
        this.#onMatched();
      },
      onClosed,
    });
  }

  /** Aborts when this is over, with the error that says why. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  get isJoining(): boolean {
    return this.#joining !== null;
  }

  /** Waits in the matchmaker's pool. */
  async search(wait: Wait, ticket: () => Promise<{ ticket: string }>): Promise<MatchmakerMatched> {
    this.#ticket = ticket().then((added) => added.ticket);
    const own = await wait(this.#ticket);
    const isOwn = (matched: MatchmakerMatched) => matched.ticket === own;
    return wait(
      new Promise<MatchmakerMatched>((resolve) => {
        this.#onMatched = () => {
          const matched = this.#matched.find(isOwn);
          if (matched !== undefined) resolve(matched);
        };
        this.#onMatched();
      }),
    );
  }

  /** Says, too, that this client knows the server. */
  join(place: Place, version: string): Promise<Match> {
    this.ended.throwIfAborted();
    const metadata = { [ANNOUNCEMENT]: '1', [CLIENT_VERSION]: version };
    this.#place = place;
    this.#joining = this.#socket.joinMatch(place.matchId, place.token, metadata);
    return this.#joining;
  }

  /** From now on, and what was held. */
  handTo(listener: Pick<SocketListener, 'onData' | 'onPresence'>): void {
    this.#listener = listener;
    const held = this.#held;
    this.#held = [];
    for (const tell of held) tell(listener);
  }

  /** Nothing is heard any more, and whoever waits on the way in stops waiting. */
  end(reason: OnlineMatchError): void {
    this.#stopListening();
    this.#listener = null;
    this.#held = [];
    this.#ended.abort(reason);
  }

  /**
   * Takes back what the server knows: the ticket, or the membership; also one that is only being asked for.
   * Resolves when the server has done so, or the socket is closed, for then there are no answers.
   */
  async undo(): Promise<void> {
    let stopListening = () => {};
    const closed = new Promise<void>((resolve) => {
      stopListening = listenTo(this.#socket, { ...DEAF, onClosed: resolve });
    });
    // Refused, or gone already.
    await Promise.race([this.#takeBack().catch(() => {}), closed]);
    stopListening();
  }

  async #takeBack(): Promise<void> {
    if (this.#joining !== null) {
      const matchId = await this.#joining.then(({ match_id }) => match_id, this.#whereIfUnanswered);
      if (matchId !== undefined) await this.#socket.leaveMatch(matchId);
    } else if (this.#ticket !== null) {
      await this.#socket.removeMatchmaker(await this.#ticket);
    }
  }

  /** Who had no answer may be in all the same. */
  readonly #whereIfUnanswered = (error: unknown): string | undefined =>
    errorFrom(error).code === 'timed-out' ? this.#place.matchId : undefined;

  #hear(tell: (listener: Pick<SocketListener, 'onData' | 'onPresence'>) => void): void {
    if (this.#listener === null) this.#held.push(tell);
    else tell(this.#listener);
  }
}

const DEAF: SocketListener = { onData() {}, onPresence() {}, onMatched() {}, onClosed() {} };
