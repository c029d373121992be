import type { Socket } from '@heroiclabs/nakama-js';
import { encodeSealRequest } from '../../../src/protocol/rpcs/seal-online-match.ts';
import { type CallOptions, call } from './call.ts';
import type { Data } from './channels.ts';
import { Emitter } from './emitter.ts';
import { isPassing, OnlineMatchError } from './errors.ts';
import type { OnlineMatchEvents } from './events.ts';
import { byCreating, byId, byMatchmaking, byResuming, type MatchmakingRequest } from './find-match.ts';
import { GameLoop } from './game-loop.ts';
import { MatchView } from './match-view.ts';
import { Participation } from './participation.ts';
import type { FindMatch } from './participation-context.ts';
import type { Player } from './roster.ts';
import { type OnlineMatchOptions, type Settings, settingsFrom } from './settings.ts';

/**
 * A player's place in a match of peers who are connected to each other by WebRTC, signalled through Nakama: the
 * OnlineMatch addon for the web. One object is in one match at a time, and so should be one socket.
 *
 * All calls reject with `OnlineMatchError` only, and take `signal` and `timeoutMs`.
 */
export class OnlineMatch extends MatchView {
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
   * Makes a match and joins it as its host. Resolves to its id, after `matchCreated`.
   * Errors: `bad-request`, `too-many-rooms`, `busy`, `unsupported`.
   */
  createMatch(options: CallOptions = {}): Promise<string> {
    return this.#enter(options, byCreating(this.#socket, this.#settings));
  }

  /**
   * Joins a match by its id. Resolves to the id when the server has let the player in, after `matchJoined`; the
   * players come with `playerJoined`. Errors: `match-not-found`, `match-full`, `match-sealed`, `version-mismatch`,
   * `version-required`, `not-invited`, `host-left`, `busy`.
   */
  joinMatch(matchId: string, options: CallOptions = {}): Promise<string> {
    return this.#enter(options, byId(matchId, this.#settings));
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
      return await this.#enter(options, byResuming(seat));
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
  startMatchmaking(request: MatchmakingRequest & CallOptions = {}): Promise<string> {
    const { signal, timeoutMs = Number.POSITIVE_INFINITY } = request;
    const onMatched = (players: readonly Player[]) => this.#events.emit('matchmakerMatched', players);
    const findMatch = byMatchmaking(this.#socket, request, this.#settings, onMatched);
    return this.#enter({ signal, timeoutMs, isMatchmaking: true }, findMatch);
  }

  /**
   * Begins the game: from now on `matchReady` and `matchNotReady` are not told any more. The host's call also
   * seals the match, so that nobody new comes in; it may have done so even when it was aborted or timed out.
   * Errors: `not-in-a-match`, `not-ready`, and of the server `links-pending`, `too-few-players`, `host-left`.
   */
  async startPlaying({ force = false, ...options }: CallOptions & StartOptions = {}): Promise<void> {
    const participation = this.participation;
    const membership = this.membership;
    if (participation === null || membership === null)
      throw new OnlineMatchError('not-in-a-match', 'There is no match to start.');
    if (!membership.isReady && !force) throw new OnlineMatchError('not-ready', 'The match is not ready.');
    await call(options, participation.ended, async (wait) => {
      if (!this.isHost || !membership.isArbitrated) return;
      if (!membership.isOnline) throw new OnlineMatchError('disconnected', 'Wait until the socket is back.');
      const request = encodeSealRequest({ matchId: membership.matchId, sealed: true, force, term: null });
      await wait(this.#socket.rpc('seal_online_match', request));
    });
    membership.isPlaying = true;
    participation.noteSeat();
  }

  /**
   * Leaves the game's state with the room, for whoever becomes host next, or for this host after a reload. The host
   * may do so as often as they like: the newest one is sent once a second, and after a return. At most 16,384 bytes,
   * where the server has no other bound. Throws `not-in-a-match` or `not-host`.
   */
  saveCheckpoint(data: Uint8Array): void {
    const membership = this.membership;
    if (membership === null) throw new OnlineMatchError('not-in-a-match', 'There is no match to save.');
    if (!membership.office.isOwn)
      throw new OnlineMatchError('not-host', 'Only the host leaves a checkpoint: ask `isHost` first.');
    membership.checkpoints.save(data, membership.office.term);
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

  /**
   * Sends to one player, or to all whose links are open. Unreliable data may be lost or arrive out of order.
   * Throws `OnlineMatchError` `not-in-a-match`, or `not-connected` when the link to that player is not open.
   */
  send(to: number | 'all', data: Data, { reliable = true }: { readonly reliable?: boolean } = {}): void {
    const membership = this.membership;
    if (membership === null) throw new OnlineMatchError('not-in-a-match', 'There is nobody to send to.');
    if (to === 'all') {
      membership.links.mesh.sendToAll(data, reliable);
      return;
    }
    const link = membership.links.mesh.get(to);
    if (link === undefined)
      throw new OnlineMatchError('not-connected', `There is no link to a player with peer id ${to}.`);
    link.send(data, reliable);
  }

  async #enter(
    { isMatchmaking = false, ...options }: CallOptions & { isMatchmaking?: boolean },
    findMatch: FindMatch,
  ): Promise<string> {
    if (this.participation !== null)
      throw new OnlineMatchError('already-in-a-match', 'Leave the match before another.');
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

interface StartOptions {
  /** Also when not ready, or not all links are up. */
  readonly force?: boolean;
}
