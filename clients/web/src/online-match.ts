import type { Socket } from '@heroiclabs/nakama-js';
import { decodeCreated } from '../../../src/protocol/from-server.ts';
import type { RoomView } from '../../../src/protocol/room-view.ts';
import { CLIENT_VERSION } from '../../../src/protocol/version.ts';
import { type CallOptions, call } from './call.ts';
import type { Data } from './channels.ts';
import { Emitter } from './emitter.ts';
import { OnlineMatchError } from './errors.ts';
import type { OnlineMatchEvents } from './events.ts';
import { matchedPlayers } from './matched.ts';
import type { Membership } from './membership.ts';
import type { Player } from './players.ts';
import { type OnlineMatchOptions, type Settings, settingsFrom } from './settings.ts';
import { type Find, type MatchState, Visit } from './visit.ts';

/** What to look for; beside this, only clients of the same version are matched. */
export interface MatchmakingRequest {
  /** In Nakama's query syntax; `*`. */
  readonly query?: string;
  readonly stringProperties?: Readonly<Record<string, string>>;
  readonly numericProperties?: Readonly<Record<string, number>>;
  /** Not fewer than `minPlayers`. */
  readonly minCount?: number;
  /** Not more than `maxPlayers`. */
  readonly maxCount?: number;
}

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
  #visit: Visit | null = null;
  /** Until the server knows that the last match was left. */
  #undone: Promise<void> = Promise.resolve();

  /**
   * `socket` is connected, and has the game's own handlers already: they go on being called.
   * Throws `OnlineMatchError` `webrtc` where the runtime has no RTCPeerConnection and none is given.
   */
  constructor(socket: Socket, options: OnlineMatchOptions = {}) {
    this.#socket = socket;
    this.#settings = settingsFrom(options);
  }

  /** Calls `listener` at each event, until the function is called that this returns. */
  on<Name extends keyof OnlineMatchEvents>(
    name: Name,
    listener: (value: OnlineMatchEvents[Name]) => void,
  ): () => void {
    return this.#events.on(name, listener);
  }

  get state(): MatchState {
    return this.#visit?.state ?? 'lobby';
  }

  /** Null outside a match. */
  get matchId(): string | null {
    return this.#membership?.matchId ?? null;
  }

  /** All who are in, this player too, sorted by peer id. */
  get players(): readonly Player[] {
    return this.#membership?.roster.players ?? [];
  }

  get playersByPeerId(): ReadonlyMap<number, Player> {
    return new Map(this.players.map((player) => [player.peerId, player]));
  }

  /** This player; null until the server let it in. */
  get self(): Player | null {
    return this.#membership?.self ?? null;
  }

  /** Whether this player has peer id 1. When the host leaves, nobody is; the others may play on. */
  get isHost(): boolean {
    return this.self?.peerId === 1;
  }

  /** The room as the server told it last; null where the server tells nothing of the kind. */
  get room(): RoomView | null {
    return this.#membership?.room ?? null;
  }

  /** The present connection to a player, for statistics; a link that is made anew has another. */
  connectionOf(peerId: number): RTCPeerConnection | null {
    const player = this.playersByPeerId.get(peerId);
    return (player && this.#membership?.mesh.get(player.sessionId)?.connection) ?? null;
  }

  /**
   * Makes a match and joins it as its host. Resolves to its id, after `matchCreated`.
   * Errors: `bad-request`, `too-many-rooms`, `busy`, `unsupported`.
   */
  createMatch(options: CallOptions = {}): Promise<string> {
    const { minPlayers, maxPlayers, clientVersion } = this.#settings;
    return this.#enter(options, async (entry, wait) => {
      const request = { min_players: minPlayers, max_players: maxPlayers, client_version: clientVersion };
      const { payload } = await wait(this.#socket.rpc('create_online_match', JSON.stringify(request)));
      const matchId = decodeCreated(textOf(payload));
      if (matchId === null) throw new OnlineMatchError('unknown', 'The server did not make a match.');
      const match = await wait(entry.join({ matchId }, clientVersion));
      return { match, expected: [], news: 'matchCreated' };
    });
  }

  /**
   * Joins a match by its id. Resolves to the id when the server has the player, after `matchJoined`; who is in
   * comes with `playerJoined`. Errors: `match-not-found`, `match-full`, `match-sealed`, `version-mismatch`,
   * `version-required`, `not-invited`, `host-left`, `busy`.
   */
  joinMatch(matchId: string, options: CallOptions = {}): Promise<string> {
    return this.#enter(options, async (entry, wait) => {
      const match = await wait(entry.join({ matchId }, this.#settings.clientVersion));
      return { match, expected: [], news: 'matchJoined' };
    });
  }

  /**
   * Waits for other players and joins the match that they are put into. Resolves to its id. Waits as long as it
   * takes unless `timeoutMs` is given; giving up takes the ticket back. Errors: `bad-request`, and those of a join.
   */
  startMatchmaking(request: MatchmakingRequest & CallOptions = {}): Promise<string> {
    const { clientVersion } = this.#settings;
    const { signal, timeoutMs = Number.POSITIVE_INFINITY } = request;
    return this.#enter({ signal, timeoutMs, isMatchmaking: true }, async (entry, wait) => {
      const matched = await entry.search(wait, () =>
        this.#socket.addMatchmaker(
          request.query ?? '*',
          this.#withinBounds(request.minCount ?? 0),
          this.#withinBounds(request.maxCount ?? Number.POSITIVE_INFINITY),
          { ...request.stringProperties, [CLIENT_VERSION]: clientVersion },
          { ...request.numericProperties },
        ),
      );
      const expected = matchedPlayers(matched);
      this.#events.emit('matchmakerMatched', expected);
      const { match_id: matchId, token } = matched;
      const match = await wait(entry.join(matchId ? { matchId } : { token }, clientVersion));
      return { match, expected, news: null };
    });
  }

  /**
   * Begins the game: from now on players who come, leave or lose their link no longer make the match ready or
   * not. The host also seals the match, so that nobody new comes in; a call that is given up may have done so.
   * Errors: `not-in-a-match`, `not-ready`, and of the server `links-pending`, `too-few-players`, `host-left`.
   */
  async startPlaying({ force = false, ...options }: CallOptions & StartOptions = {}): Promise<void> {
    const visit = this.#visit;
    const membership = this.#membership;
    if (visit === null || membership === null)
      throw new OnlineMatchError('not-in-a-match', 'There is no match to start.');
    if (!membership.isReady && !force) throw new OnlineMatchError('not-ready', 'The match is not ready.');
    await call(options, visit.ended, async (wait) => {
      if (!this.isHost || !membership.isArbitrated) return;
      const request = { match_id: membership.matchId, sealed: true, ...(force && { force }) };
      await wait(this.#socket.rpc('seal_online_match', JSON.stringify(request)));
    });
    membership.isPlaying = true;
  }

  /**
   * Leaves the match, or stops whatever is on the way into one (its call rejects with `left`). Nothing more is
   * heard of it at once; resolves when the server knows, or cannot be told. Rejects only when `signal` or
   * `timeoutMs` is given and ends the waiting. Does nothing in the lobby.
   */
  async leave({ signal, timeoutMs = Number.POSITIVE_INFINITY }: CallOptions = {}): Promise<void> {
    this.#visit?.end(new OnlineMatchError('left', 'The match was left.'));
    await call({ signal, timeoutMs }, null, (wait) => wait(this.#undone));
  }

  /**
   * Sends to one player, or to all whose links are open. Unreliable data may be lost, and overtaken.
   * Throws `OnlineMatchError` `not-in-a-match`, or `not-connected` when that one's link is not open.
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
    return this.#visit?.membership ?? null;
  }

  /** Nakama's matchmaker makes no match of one. */
  #withinBounds(count: number): number {
    const { minPlayers, maxPlayers } = this.#settings;
    return Math.max(2, minPlayers, Math.min(count, maxPlayers));
  }

  async #enter(
    { isMatchmaking = false, ...options }: CallOptions & { isMatchmaking?: boolean },
    find: Find,
  ): Promise<string> {
    if (this.#visit !== null)
      throw new OnlineMatchError('already-in-a-match', 'Leave the match before another.');
    const before = this.#undone;
    const visit = new Visit({
      socket: this.#socket,
      settings: this.#settings,
      isMatchmaking,
      emit: (name, value) => this.#events.emit(name, value),
      onEnded: (undone) => {
        this.#visit = null;
        this.#undone = undone;
      },
    });
    this.#visit = visit;
    return visit.enter(options, async (entry, wait) => {
      // It could be the same match again.
      await wait(before);
      return find(entry, wait);
    });
  }
}

interface StartOptions {
  /** Also when not ready, or not all links are up. */
  readonly force?: boolean;
}

/** The types say that nakama-js parses it, which it does for HTTP only. */
function textOf(payload: unknown): string {
  return typeof payload === 'string' ? payload : JSON.stringify(payload ?? '');
}
