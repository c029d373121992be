import type { Socket } from '@heroiclabs/nakama-js';
import { type CallOptions, call } from './call.ts';
import { Emitter } from './emitter.ts';
import { isPassing, OnlineMatchError } from './errors.ts';
import type { OnlineMatchEvents } from './events.ts';
import {
  byCreating,
  byId,
  byMatchmaking,
  byQuickPlay,
  byResuming,
  type JoinOptions,
  type MatchmakingRequest,
} from './find-match.ts';
import { GameLoop } from './game-loop.ts';
import {
  type ListedMatch,
  type ListRequest,
  pagesOf,
  type QuickPlayRequest,
  wantedFields,
} from './listed-matches.ts';
import { MatchMedia } from './match-media.ts';
import { type MadeMatch, type NewMatch, newMatchFields } from './new-match.ts';
import { Participation } from './participation.ts';
import type { FindMatch, JoinedMatch } from './participation-context.ts';
import type { Player } from './roster.ts';
import { type OnlineMatchOptions, type Settings, settingsFrom } from './settings.ts';

/**
 * A player's place in a match of peers who are connected to each other by WebRTC, signalled through Nakama: the
 * OnlineMatch addon for the web. One object is in one match at a time, and so should be one socket.
 *
 * All calls reject with `OnlineMatchError` only, and take `signal` and `timeoutMs`.
 */
export class OnlineMatch extends MatchMedia {
  #socket: Socket;
  readonly #settings: Settings;
  readonly #events = new Emitter<OnlineMatchEvents>();
  readonly #loop = new GameLoop();
  protected participation: Participation | null = null;
  /** Resolves when the server knows that the last match was left. */
  #left: Promise<void> = Promise.resolve();

  /**
   * `socket` is connected, and has the game's own handlers already: they go on being called.
   * Throws `OnlineMatchError` `webrtc` where the runtime has no RTCPeerConnection and none is given.
   */
  constructor(socket: Socket, options: OnlineMatchOptions = {}) {
    super();
    this.#socket = socket;
    this.#settings = settingsFrom(options);
  }

  /** Calls `listener` at each event. The function that this returns takes the listener off again. */
  on<Name extends keyof OnlineMatchEvents>(
    name: Name,
    listener: (value: OnlineMatchEvents[Name]) => void,
  ): () => void {
    return this.#events.on(name, listener);
  }

  /** The socket in use: after a `reconnected` another one, with the game's handlers of the first. */
  get socket(): Socket {
    return this.#socket;
  }

  /**
   * The next event of this name, from now on. There is no limit of time unless `timeoutMs` is given. Rejects only with
   * `aborted` and `timed-out`, also when the match is over before: pass a `signal` where that may be.
   */
  once<Name extends keyof OnlineMatchEvents>(
    name: Name,
    { signal, timeoutMs = Number.POSITIVE_INFINITY }: CallOptions = {},
  ): Promise<OnlineMatchEvents[Name]> {
    let off = () => {};
    const heard = new Promise<OnlineMatchEvents[Name]>((resolve) => {
      off = this.on(name, resolve);
    });
    return call({ signal, timeoutMs }, null, (wait) => wait(heard)).finally(() => off());
  }

  /**
   * Makes a match and joins it as its host. Resolves to its id and its code, either of which others join by, after
   * `matchCreated`. Errors: `bad-request`, `too-many-rooms`, `busy`, `unsupported`.
   */
  async createMatch({ signal, timeoutMs, ...wish }: NewMatch & CallOptions = {}): Promise<MadeMatch> {
    const create = newMatchFields(wish, this.#settings);
    const findMatch = byCreating(this.#socket, create, this.#settings);
    const { match, code = '' } = await this.#enter({ signal, timeoutMs }, findMatch);
    return { matchId: match.match_id, code };
  }

  /**
   * Joins a match by its id, or by its code in any case, blanks and dashes ignored. Resolves to the id when the server
   * has let the player in, after `matchJoined`; the players come with `playerJoined`. Errors: `match-not-found`,
   * `banned`, `version-mismatch`, `version-required`, `match-sealed`, `host-left`, `not-invited`, `match-full`,
   * `password-required`, `wrong-password`, `too-many-requests`, `busy`.
   */
  async joinMatch(
    idOrCode: string,
    { password, ...options }: JoinOptions & CallOptions = {},
  ): Promise<string> {
    const { match } = await this.#enter(options, byId(idOrCode, password ?? null, this.#settings));
    return match.match_id;
  }

  /**
   * Quick play: joins a public match without a password that fits, or makes one that has what the filters name, and
   * `create` besides. Resolves to its id and its code, and whether it was made, after `matchJoined` or
   * `matchCreated`. Errors: `bad-request`, `too-many-requests`, `too-many-rooms`, `busy`, `unsupported`.
   */
  async joinOrCreate(
    request: QuickPlayRequest & CallOptions = {},
  ): Promise<MadeMatch & { readonly created: boolean }> {
    const { signal, timeoutMs, create = {}, ...filters } = request;
    const wanted = wantedFields(filters, this.#settings.clientVersion);
    const findMatch = byQuickPlay(
      this.#socket,
      wanted,
      newMatchFields(create, this.#settings),
      this.#settings,
    );
    const { match, event, code = '' } = await this.#enter({ signal, timeoutMs }, findMatch);
    return { matchId: match.match_id, code, created: event === 'matchCreated' };
  }

  /**
   * Public matches that can be joined, the fullest first: a page each time, asked for as it is wanted, of at most
   * `pageSize` (20; 100 at most). `signal` and `timeoutMs` are for each page. A match that moves meanwhile may come
   * twice or not at all. Errors: `bad-request`, `too-many-requests`, `unsupported`.
   *     for await (const matches of match.findMatches({ properties: { mode: 'ctf' } })) show(matches);
   */
  findMatches({
    signal,
    timeoutMs,
    pageSize,
    ...filters
  }: ListRequest & CallOptions = {}): AsyncIterable<readonly ListedMatch[]> {
    const wanted = wantedFields(filters, this.#settings.clientVersion);
    return pagesOf(() => this.#socket, wanted, pageSize, { signal, timeoutMs });
  }

  /**
   * Comes back to the seat that this tab had before its page was reloaded, with the same peer id. Resolves to the
   * id of the match, after `matchJoined`; to null where there is no such seat, or a copy of this tab sits in it.
   * The links are made anew, and a host gets the last `checkpoint`. Needs the option `tab`. Errors: `seat-gone`,
   * `match-not-found`, `version-mismatch`, `busy`.
   */
  async resume(options: CallOptions = {}): Promise<string | null> {
    const { tab } = this.#settings;
    const seat = tab?.seat ?? null;
    if (tab === null || seat === null) return null;
    try {
      const { match } = await this.#enter(options, byResuming(seat));
      return match.match_id;
    } catch (error) {
      if (!isPassing(error)) tab.seat = null;
      throw error;
    }
  }

  /**
   * Waits for other players and joins the match that they are put into. Resolves to its id. There is no limit of
   * time unless `timeoutMs` is given; a call that ends before takes its ticket back. Errors: `bad-request`, and
   * those of `joinMatch`.
   */
  async startMatchmaking(request: MatchmakingRequest & CallOptions = {}): Promise<string> {
    const { signal, timeoutMs = Number.POSITIVE_INFINITY } = request;
    const onMatched = (players: readonly Player[]) => this.#events.emit('matchmakerMatched', players);
    const findMatch = byMatchmaking(this.#socket, request, this.#settings, onMatched);
    const { match } = await this.#enter({ signal, timeoutMs, isMatchmaking: true }, findMatch);
    return match.match_id;
  }

  /**
   * Says that the game's loop runs; to be called in each of its turns. A host whose loop stands still loses the
   * office, though their page and its connections live. For a game that never calls it the browser's frames stand
   * in, which stop in a hidden tab; a game that goes on there, or whose loop may hang by itself, calls it.
   */
  tick(): void {
    this.#loop.tick();
  }

  /**
   * Finds out at once whether the server still answers, instead of within some seconds; the next try to come back
   * is made at once, too. The library does so itself when the browser says that its network is back.
   */
  checkConnection(): void {
    this.participation?.checkConnection();
  }

  /**
   * Leaves the match, or stops the call that is looking for one, which rejects with `left`. From then on the game
   * hears nothing of the match but `left`. Resolves when the server knows, or when the socket is closed. Rejects only
   * when `signal` or `timeoutMs` ends the waiting. Does nothing in the lobby. Nothing else leaves: a closed page and
   * a lost socket keep the seat for a while.
   */
  async leave({ signal, timeoutMs = Number.POSITIVE_INFINITY }: CallOptions = {}): Promise<void> {
    this.participation?.end(new OnlineMatchError('left', 'The match was left.'));
    await call({ signal, timeoutMs }, null, (wait) => wait(this.#left));
  }

  async #enter(
    { isMatchmaking = false, ...options }: CallOptions & { isMatchmaking?: boolean },
    findMatch: FindMatch,
  ): Promise<JoinedMatch> {
    if (this.participation !== null)
      throw new OnlineMatchError('already-in-a-match', 'Leave this match, with `leave()`, before another.');
    const leftBefore = this.#left;
    const participation = new Participation({
      socket: this.#socket,
      settings: this.#settings,
      loop: this.#loop,
      isMatchmaking,
      emit: (name, value) => this.#events.emit(name, value),
      onSocket: (socket) => {
        this.#socket = socket;
      },
      onEnded: (left) => {
        this.participation = null;
        this.#left = left;
        this.#loop.clear();
      },
    });
    this.participation = participation;
    return participation.enter(options, async (matchSocket, wait) => {
      // It could be the same match again.
      await wait(leftBefore);
      return findMatch(matchSocket, wait);
    });
  }
}
