import type { Match, MatchmakerMatched, Socket } from '@heroiclabs/nakama-js';
import { ANNOUNCEMENT, CLIENT_VERSION } from '../../src/protocol/version.ts';
import type { Wait } from './call.ts';
import type { OnlineMatchError } from './errors.ts';
import { listenTo, type SocketListener } from './socket-events.ts';

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

  get isSearching(): boolean {
    return this.#ticket !== null && this.#joining === null;
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

  /** Joins by id, or by the matchmaker's token; says that this client knows the server. */
  join(where: { matchId?: string | undefined; token?: string | undefined }, version: string): Promise<Match> {
    this.ended.throwIfAborted();
    const metadata = { [ANNOUNCEMENT]: '1', [CLIENT_VERSION]: version };
    this.#joining = this.#socket.joinMatch(where.matchId, where.token, metadata);
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

  /** Takes back what the server knows: the ticket, or the membership; also one that is only being asked for. */
  async undo(): Promise<void> {
    try {
      if (this.#joining !== null) {
        const { match_id } = await this.#joining;
        await this.#socket.leaveMatch(match_id);
      } else if (this.#ticket !== null) {
        await this.#socket.removeMatchmaker(await this.#ticket);
      }
    } catch {
      // Refused, or gone already.
    }
  }

  #hear(tell: (listener: Pick<SocketListener, 'onData' | 'onPresence'>) => void): void {
    if (this.#listener === null) this.#held.push(tell);
    else tell(this.#listener);
  }
}
