import type { Match, MatchmakerMatched, Socket } from '@heroiclabs/nakama-js';
import type { Capability } from '../../../src/protocol/capability.ts';
import { codeIn } from '../../../src/protocol/code.ts';
import { parseObject } from '../../../src/protocol/fields.ts';
import { encodeJoinMetadata, type Resumption } from '../../../src/protocol/join-metadata.ts';
import { encodeFindRequest } from '../../../src/protocol/rpcs/find-online-match.ts';
import { listedIn } from '../../../src/protocol/rpcs/get-online-match.ts';
import { ask } from './ask.ts';
import type { Wait } from './call.ts';
import { errorFrom, type OnlineMatchError } from './errors.ts';
import { listenTo, type SocketListener } from './socket-events.ts';

/** Where to: a match by its id or code, or by the matchmaker's token. */
interface Destination {
  readonly matchId?: string | undefined;
  readonly token?: string | undefined;
}

/** What lets a player in besides their version. */
interface Pass {
  readonly resumption?: Resumption | null;
  readonly password?: string | null;
}

type MatchListener = Pick<SocketListener, 'onData' | 'onPresence'>;

/**
 * The socket as one match uses it, from the search for the match until its end. It knows what the server has to
 * take back when the player gives up. Messages may come before the code that waits for the reply to the join goes
 * on, so they are kept until somebody listens.
 */
export class MatchSocket {
  readonly #socket: Socket;
  readonly #can: readonly Capability[];
  readonly #ended = new AbortController();
  readonly #stopListening: () => void;
  #listener: MatchListener | null = null;
  #pending: ((listener: MatchListener) => void)[] = [];
  #matched: MatchmakerMatched[] = [];
  #onMatched = () => {};
  #ticket: Promise<string> | null = null;
  #destination: Destination = {};
  #joining: Promise<Match> | null = null;

  constructor(socket: Socket, hasMedia: boolean, onClosed: () => void) {
    this.#socket = socket;
    this.#can = hasMedia ? [...CAN, 'media'] : CAN;
    this.#stopListening = listenTo(socket, {
      onData: (data) => this.#pass((listener) => listener.onData(data)),
      onPresence: (event) => this.#pass((listener) => listener.onPresence(event)),
      onMatched: (matched) => {
        this.#matched.push(matched);
        this.#onMatched();
      },
      onClosed,
    });
  }

  /** Aborts at the end, with the error that says why. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  get isJoining(): boolean {
    return this.#joining !== null;
  }

  /** Puts a ticket into the matchmaker's pool, and waits until it is matched. */
  async matchmake(wait: Wait, addTicket: () => Promise<{ ticket: string }>): Promise<MatchmakerMatched> {
    this.#ticket = addTicket().then(({ ticket }) => ticket);
    const own = await wait(this.#ticket);
    return wait(
      new Promise<MatchmakerMatched>((resolve) => {
        this.#onMatched = () => {
          const matched = this.#matched.find(({ ticket }) => ticket === own);
          if (matched !== undefined) resolve(matched);
        };
        this.#onMatched();
      }),
    );
  }

  /** Joins, or comes back to a seat, and announces that this client knows the server. */
  join(destination: Destination, version: string, pass: Pass = {}): Promise<Match> {
    this.ended.throwIfAborted();
    const metadata = encodeJoinMetadata(version, pass.resumption, pass.password, this.#can);
    this.#destination = destination;
    this.#joining = this.#socket.joinMatch(destination.matchId, destination.token, metadata);
    return this.#joining;
  }

  /** Passes everything on to this listener: first what came already, then what comes. */
  listen(listener: MatchListener): void {
    this.#listener = listener;
    const pending = this.#pending;
    this.#pending = [];
    for (const tell of pending) tell(listener);
  }

  /** Nothing is passed on any more, and calls that wait for the match stop waiting. */
  end(reason: OnlineMatchError): void {
    this.#stopListening();
    this.#listener = null;
    this.#pending = [];
    this.#ended.abort(reason);
  }

  /**
   * Takes back the ticket, or leaves the match; also when the server has not answered yet. Resolves when the
   * server has done so, or when the socket is closed, since no answer can come then. Never rejects.
   */
  async withdraw(): Promise<void> {
    let stopListening = () => {};
    const closed = new Promise<void>((resolve) => {
      stopListening = listenTo(this.#socket, { ...IGNORES_ALL, onClosed: resolve });
    });
    // It fails when the server refused the player, or has removed them already.
    await Promise.race([this.#takeBack().catch(() => {}), closed]);
    stopListening();
  }

  async #takeBack(): Promise<void> {
    if (this.#joining !== null) {
      const matchId = await this.#joining.then(({ match_id }) => match_id, this.#matchIdIfTimedOut);
      if (matchId !== undefined) await this.#socket.leaveMatch(matchId);
    } else if (this.#ticket !== null) {
      await this.#socket.removeMatchmaker(await this.#ticket);
    }
  }

  /** A join without an answer may have gone through. */
  readonly #matchIdIfTimedOut = async (error: unknown): Promise<string | undefined> => {
    const { matchId } = this.#destination;
    if (errorFrom(error).code !== 'timed-out' || matchId === undefined) return undefined;
    // A match is left by its id alone.
    if (codeIn(matchId) === null) return matchId;
    const found = await ask(this.#socket, 'find_online_match', encodeFindRequest(matchId));
    return listedIn(parseObject(found) ?? {})?.matchId;
  };

  #pass(tell: (listener: MatchListener) => void): void {
    if (this.#listener === null) this.#pending.push(tell);
    else tell(this.#listener);
  }
}

/** What this library can with another of its kind. */
const CAN: readonly Capability[] = ['fallback', 'ice_restart'];

const IGNORES_ALL: SocketListener = { onData() {}, onPresence() {}, onMatched() {}, onClosed() {} };
