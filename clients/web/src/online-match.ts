import type { Socket } from '@heroiclabs/nakama-js';
import { encodeSealRequest } from '../../../src/protocol/rpcs/seal-online-match.ts';
import type { RoomView } from '../../../src/protocol/snapshot.ts';
import { type CallOptions, call } from './call.ts';
import type { Data } from './channels.ts';
import { Emitter } from './emitter.ts';
import { OnlineMatchError } from './errors.ts';
import type { OnlineMatchEvents } from './events.ts';
import { byCreating, byId, byMatchmaking, type MatchmakingRequest } from './find-match.ts';
import type { Membership } from './membership.ts';
import { type FindMatch, type MatchState, Participation } from './participation.ts';
import type { Player } from './roster.ts';
import { type OnlineMatchOptions, type Settings, settingsFrom } from './settings.ts';

/**
 * A player's place in a match of peers who are connected to each other by WebRTC, signalled through Nakama: the
 * OnlineMatch addon for the web. One object is in one match at a time, and so should be one socket.
 *
 * All calls reject with `OnlineMatchError` only, and take `signal` and `timeoutMs`.
 */
export class OnlineMatch {
  readonly #socket: Socket;
  readonly #settings: Settings;
  readonly #events = new Emitter<OnlineMatchEvents>();
  #participation: Participation | null = null;
  /** Resolves when the server knows that the last match was left. */
  #left: Promise<void> = Promise.resolve();

  /**
   * `socket` is connected, and has the game's own handlers already: they go on being called.
   * Throws `OnlineMatchError` `webrtc` where the runtime has no RTCPeerConnection and none is given.
   */
  constructor(socket: Socket, options: OnlineMatchOptions = {}) {
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

  get state(): MatchState {
    return this.#participation?.state ?? 'lobby';
  }

  /** Null outside a match. */
  get matchId(): string | null {
    return this.#membership?.matchId ?? null;
  }

  /** All players who are in, this one too, sorted by peer id. */
  get players(): readonly Player[] {
    return this.#membership?.roster.players ?? [];
  }

  get playersByPeerId(): ReadonlyMap<number, Player> {
    return new Map(this.players.map((player) => [player.peerId, player]));
  }

  /** This player; null until the server has let them in. */
  get self(): Player | null {
    return this.#membership?.self ?? null;
  }

  /** Whether this player has peer id 1. When the host leaves, nobody is; the others may play on. */
  get isHost(): boolean {
    return this.self?.peerId === 1;
  }

  /** The latest snapshot of the room; null until the first, and on servers that send none. */
  get room(): RoomView | null {
    return this.#membership?.room ?? null;
  }

  /** The present connection to a player, for statistics; a link that connects anew has another. */
  connectionOf(peerId: number): RTCPeerConnection | null {
    const player = this.playersByPeerId.get(peerId);
    return (player && this.#membership?.mesh.get(player.sessionId)?.connection) ?? null;
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
    const participation = this.#participation;
    const membership = this.#membership;
    if (participation === null || membership === null)
      throw new OnlineMatchError('not-in-a-match', 'There is no match to start.');
    if (!membership.isReady && !force) throw new OnlineMatchError('not-ready', 'The match is not ready.');
    await call(options, participation.ended, async (wait) => {
      if (!this.isHost || !membership.isArbitrated) return;
      const request = encodeSealRequest({ matchId: membership.matchId, sealed: true, force, term: null });
      await wait(this.#socket.rpc('seal_online_match', request));
    });
    membership.isPlaying = true;
  }

  /**
   * Leaves the match, or stops the call that is looking for one, which rejects with `left`. From then on the game
   * hears nothing of the match. Resolves when the server knows, or when the socket is closed. Rejects only when
   * `signal` or `timeoutMs` ends the waiting. Does nothing in the lobby.
   */
  async leave({ signal, timeoutMs = Number.POSITIVE_INFINITY }: CallOptions = {}): Promise<void> {
    this.#participation?.end(new OnlineMatchError('left', 'The match was left.'));
    await call({ signal, timeoutMs }, null, (wait) => wait(this.#left));
  }

  /**
   * Sends to one player, or to all whose links are open. Unreliable data may be lost or arrive out of order.
   * Throws `OnlineMatchError` `not-in-a-match`, or `not-connected` when the link to that player is not open.
   */
  send(to: number | 'all', data: Data, { reliable = true }: { readonly reliable?: boolean } = {}): void {
    const membership = this.#membership;
    if (membership === null) throw new OnlineMatchError('not-in-a-match', 'There is nobody to send to.');
    if (to === 'all') {
      membership.mesh.sendToAll(data, reliable);
      return;
    }
    const player = this.playersByPeerId.get(to);
    const link = player && membership.mesh.get(player.sessionId);
    if (link === undefined)
      throw new OnlineMatchError('not-connected', `There is no link to a player with peer id ${to}.`);
    link.send(data, reliable);
  }

  get #membership(): Membership | null {
    return this.#participation?.membership ?? null;
  }

  async #enter(
    { isMatchmaking = false, ...options }: CallOptions & { isMatchmaking?: boolean },
    findMatch: FindMatch,
  ): Promise<string> {
    if (this.#participation !== null)
      throw new OnlineMatchError('already-in-a-match', 'Leave the match before another.');
    const leftBefore = this.#left;
    const participation = new Participation({
      socket: this.#socket,
      settings: this.#settings,
      isMatchmaking,
      emit: (name, value) => this.#events.emit(name, value),
      onEnded: (left) => {
        this.#participation = null;
        this.#left = left;
      },
    });
    this.#participation = participation;
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
