import type { Match, Socket } from '@heroiclabs/nakama-js';
import { decodeCreated } from '../../src/protocol/from-server.ts';
import type { RoomView } from '../../src/protocol/room-view.ts';
import { CLIENT_VERSION } from '../../src/protocol/version.ts';
import { type CallOptions, call, type Wait } from './call.ts';
import type { Data } from './channels.ts';
import { Emitter } from './emitter.ts';
import { Entry } from './entry.ts';
import { OnlineMatchError } from './errors.ts';
import type { Emit, OnlineMatchEvents } from './events.ts';
import { IceSource } from './ice.ts';
import { matchedPlayers } from './matched.ts';
import { Membership } from './membership.ts';
import type { Player } from './players.ts';
import { type OnlineMatchOptions, type Settings, settingsFrom } from './settings.ts';

/** Milliseconds for a call that names no time of its own, but for matchmaking, which waits as long as it takes. */
export const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * `lobby`: in no match; `matching`: waiting for the matchmaker; `joining`; `connecting`: in, and not ready;
 * `ready`; `playing`: after `startPlaying()`.
 */
export type MatchState = 'lobby' | 'matching' | 'joining' | 'connecting' | 'ready' | 'playing';

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
  #entry: Entry | null = null;
  #membership: Membership | null = null;

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
    if (this.#entry === null) return 'lobby';
    if (this.#membership === null) return this.#entry.isSearching ? 'matching' : 'joining';
    if (this.#membership.isPlaying) return 'playing';
    return this.#membership.isReady ? 'ready' : 'connecting';
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
   * Errors: `bad-request`, `too-many-rooms`, `busy`.
   */
  createMatch(options: CallOptions = {}): Promise<string> {
    const { minPlayers, maxPlayers, clientVersion } = this.#settings;
    return this.#enter({ timeoutMs: DEFAULT_TIMEOUT_MS, ...options }, async (entry, wait) => {
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
    return this.#enter({ timeoutMs: DEFAULT_TIMEOUT_MS, ...options }, async (entry, wait) => {
      const match = await wait(entry.join({ matchId }, this.#settings.clientVersion));
      return { match, expected: [], news: 'matchJoined' };
    });
  }

  /**
   * Waits for other players and joins the match that they are put into. Resolves to its id. Waits as long as it
   * takes unless `timeoutMs` is given; giving up takes the ticket back. Errors: `bad-request`, and those of a join.
   */
  startMatchmaking(request: MatchmakingRequest & CallOptions = {}): Promise<string> {
    const { minPlayers, maxPlayers, clientVersion } = this.#settings;
    return this.#enter(request, async (entry, wait) => {
      const matched = await entry.search(wait, () =>
        this.#socket.addMatchmaker(
          request.query ?? '*',
          Math.max(minPlayers, request.minCount ?? minPlayers),
          Math.min(maxPlayers, request.maxCount ?? maxPlayers),
          { ...request.stringProperties, [CLIENT_VERSION]: clientVersion },
          { ...request.numericProperties },
        ),
      );
      const expected = matchedPlayers(matched);
      this.#emit('matchmakerMatched', expected);
      const { match_id: matchId, token } = matched;
      const match = await wait(entry.join(matchId ? { matchId } : { token }, clientVersion));
      return { match, expected, news: null };
    });
  }

  /**
   * Begins the game: from now on players who come, leave or lose their link no longer make the match ready or
   * not. The host also seals the match, so that nobody new comes in.
   * Errors: `not-in-a-match`, `not-ready`, and of the server `links-pending`, `too-few-players`, `host-left`.
   */
  async startPlaying({ force = false, ...options }: CallOptions & StartOptions = {}): Promise<void> {
    const membership = this.#membership;
    const entry = this.#entry;
    if (membership === null || entry === null)
      throw new OnlineMatchError('not-in-a-match', 'There is no match to start.');
    if (!membership.isReady && !force) throw new OnlineMatchError('not-ready', 'The match is not ready.');
    if (this.isHost && membership.isArbitrated) {
      const request = { match_id: membership.matchId, sealed: true, ...(force && { force }) };
      await call({ timeoutMs: DEFAULT_TIMEOUT_MS, ...options }, entry.ended, (wait) =>
        wait(this.#socket.rpc('seal_online_match', JSON.stringify(request))),
      );
    }
    membership.isPlaying = true;
  }

  /**
   * Leaves the match, or stops whatever is on the way into one (its call rejects with `left`). Nothing more is
   * heard of it at once; resolves when the server knows. Does nothing in the lobby.
   */
  async leave(options: CallOptions = {}): Promise<void> {
    const undone = this.#end(new OnlineMatchError('left', 'The match was left.'));
    if (undone === null) return;
    await call({ timeoutMs: DEFAULT_TIMEOUT_MS, ...options }, null, (wait) => wait(undone.undo())).finally(
      undone.close,
    );
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

  async #enter(options: CallOptions, find: Find): Promise<string> {
    if (this.#entry !== null)
      throw new OnlineMatchError('already-in-a-match', 'Leave the match before another.');
    const entry = new Entry(this.#socket, () => this.#onDisconnected());
    this.#entry = entry;
    const ice = new IceSource(this.#socket, this.#settings.iceServers, () =>
      this.#membership?.onIceRefreshed(),
    );
    try {
      return await call(options, entry.ended, async (wait) => {
        const [found] = await Promise.all([find(entry, wait), wait(ice.load())]);
        return this.#begin(entry, ice, found);
      });
    } catch (error) {
      ice.stop();
      if (this.#entry === entry) this.#end(error as OnlineMatchError)?.abandon();
      throw error;
    }
  }

  #begin(entry: Entry, ice: IceSource, { match, expected, news }: Found): string {
    entry.ended.throwIfAborted();
    const membership = new Membership(match, {
      socket: this.#socket,
      settings: this.#settings,
      emit: this.#emit,
      ice,
      expected,
      onRefused: (error) => {
        this.#end(error)?.abandon();
        this.#emit('error', error);
      },
    });
    this.#membership = membership;
    if (news !== null) this.#emit(news, membership.matchId);
    membership.start();
    entry.handTo(membership);
    return membership.matchId;
  }

  readonly #emit: Emit = (name, value) => this.#events.emit(name, value);

  #onDisconnected(): void {
    this.#end(new OnlineMatchError('disconnected', 'The socket was closed.'))?.close();
    this.#emit('disconnected', undefined);
  }

  /** Back to the lobby; null when it was there. What remains is for the caller to carry out. */
  #end(reason: OnlineMatchError): Ending | null {
    const entry = this.#entry;
    const membership = this.#membership;
    if (entry === null) return null;
    this.#entry = null;
    this.#membership = null;
    entry.end(reason);
    membership?.silence();
    const close = () => membership?.close();
    const undo = () => entry.undo();
    return { undo, close, abandon: () => void undo().finally(close) };
  }
}

interface StartOptions {
  /** Also when not ready, or not all links are up. */
  readonly force?: boolean;
}

interface Found {
  readonly match: Match;
  readonly expected: readonly Player[];
  readonly news: 'matchCreated' | 'matchJoined' | null;
}

type Find = (entry: Entry, wait: Wait) => Promise<Found>;

interface Ending {
  /** Tells the server; never rejects. */
  undo(): Promise<void>;
  /** Closes the links. */
  close(): void;
  /** Both, without anybody waiting. */
  abandon(): void;
}

/** The types say that nakama-js parses it, which it does for HTTP only. */
function textOf(payload: unknown): string {
  return typeof payload === 'string' ? payload : JSON.stringify(payload ?? '');
}
