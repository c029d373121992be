import type { Match, MatchData, MatchPresenceEvent, Presence, Socket } from '@heroiclabs/nakama-js';
import { decodeJoinError } from '../../../src/protocol/join-error.ts';
import { decodeJoinSuccess } from '../../../src/protocol/join-success.ts';
import type { LinkState } from '../../../src/protocol/link-report.ts';
import { encodeLinkReport } from '../../../src/protocol/link-report.ts';
import { OpCode } from '../../../src/protocol/opcodes.ts';
import { decodeSignal, encodeSignal } from '../../../src/protocol/peer-method.ts';
import type { RoomView } from '../../../src/protocol/snapshot.ts';
import { decodeSnapshot } from '../../../src/protocol/snapshot.ts';
import { type Authority, hostDecides, NOBODY_DECIDES, SERVER_DECIDES, type Sender } from './authority.ts';
import { OnlineMatchError } from './errors.ts';
import type { Emit } from './events.ts';
import type { IceSource } from './ice.ts';
import { Mesh } from './mesh.ts';
import { type Player, Roster } from './roster.ts';
import type { Settings } from './settings.ts';

export interface MembershipContext {
  readonly socket: Socket;
  readonly settings: Settings;
  readonly emit: Emit;
  readonly ice: IceSource;
  /** Whom the matchmaker put into the match; null where no matchmaker did. */
  readonly matched: readonly Player[] | null;
  /** Ends the membership: the player was refused after the join. */
  onRefused(error: OnlineMatchError): void;
}

/** One match from the join on: who is in, the links to them, and whether all are ready. */
export class Membership {
  readonly matchId: string;
  readonly selfId: string;
  /** Whether the match is authoritative, as rooms are; else it is a relayed match. */
  readonly isArbitrated: boolean;
  readonly roster: Roster;
  readonly mesh: Mesh;
  /** The latest snapshot; null until the first, and on servers that send none. */
  room: RoomView | null = null;
  isReady = false;
  isPlaying = false;
  readonly #socket: Socket;
  readonly #settings: Settings;
  readonly #emit: Emit;
  readonly #ice: IceSource;
  readonly #onRefused: (error: OnlineMatchError) => void;
  /** Session ids of the others who were there at the join. */
  readonly #presentAtJoin: readonly string[];
  readonly #authority: Authority;
  #isClosed = false;

  constructor(
    { match_id, self, authoritative, presences }: Match,
    { socket, settings, emit, ice, matched, onRefused }: MembershipContext,
  ) {
    this.matchId = match_id;
    this.selfId = self.session_id;
    this.isArbitrated = authoritative === true;
    this.#socket = socket;
    this.#settings = settings;
    this.#emit = (name, value) => {
      if (!this.#isClosed) emit(name, value);
    };
    this.#ice = ice;
    this.#onRefused = onRefused;
    this.roster = new Roster(matched ?? [], {
      onJoined: (player) => this.#onJoined(player),
      onLeft: (player) => this.#onLeft(player),
    });
    this.mesh = new Mesh(this.selfId, {
      connectionOptions: () => this.#connectionOptions(),
      isAnnounced: (sessionId) => this.roster.get(sessionId)?.announced ?? false,
      send: (sessionId, signal) => this.#send(OpCode.WEBRTC_PEER_METHOD, encodeSignal(sessionId, signal)),
      onLinkState: (sessionId, state) => this.#onLinkState(sessionId, state),
      onMessage: (sessionId, data, reliable) => {
        const from = this.roster.get(sessionId);
        if (from !== undefined) this.#emit('message', { from, data, reliable });
      },
      onError: (error) => this.#emit('error', error),
    });
    this.#presentAtJoin = this.#othersAmong(presences);
    this.#authority = this.isArbitrated
      ? SERVER_DECIDES
      : matched === null
        ? hostDecides(this.#presentAtJoin)
        : NOBODY_DECIDES;
  }

  /** Begins with what the reply to the join tells. */
  start(): void {
    this.roster.addMatched([this.selfId, ...this.#presentAtJoin]);
    this.updateReadiness();
  }

  get self(): Player | undefined {
    return this.roster.get(this.selfId);
  }

  onIceRefreshed(): void {
    this.mesh.setIceServers(this.#ice.servers);
  }

  onData({ match_id, op_code, data, presence }: MatchData): void {
    if (match_id !== this.matchId || this.#isClosed) return;
    const text = new TextDecoder().decode(data);
    // nakama-js leaves the presence out where the server is the sender, whatever its types say.
    const sender: Sender = presence?.session_id ?? null;
    switch (op_code) {
      case OpCode.WEBRTC_PEER_METHOD: {
        // A relayed match sends it to everybody.
        const addressed = decodeSignal(text);
        if (addressed?.target === this.selfId && sender !== null)
          this.mesh.onSignal(sender, addressed.signal);
        break;
      }
      case OpCode.JOIN_SUCCESS: {
        const players = decodeJoinSuccess(text) ?? [];
        if (this.#authority.believesPlayers(sender, players)) this.roster.addListed(players);
        break;
      }
      case OpCode.JOIN_ERROR: {
        const refused = decodeJoinError(text);
        if (refused?.target === this.selfId && this.#authority.believesRefusal(sender))
          this.#onRefused(new OnlineMatchError(refused.code ?? 'unknown', refused.reason));
        break;
      }
      case OpCode.ROOM:
        if (this.#authority.believesSnapshot(sender)) this.#onSnapshot(text);
        break;
    }
    this.updateReadiness();
  }

  onPresence({ match_id, joins, leaves }: MatchPresenceEvent): void {
    if (match_id !== this.matchId || this.#isClosed) return;
    this.roster.addMatched(this.#othersAmong(joins));
    this.roster.removeLeft(this.#othersAmong(leaves));
    this.updateReadiness();
  }

  /** A match is ready when enough players are in and no link is known to be down. */
  updateReadiness(): void {
    if (this.#isClosed || this.isPlaying) return;
    const { roster, room } = this;
    const isReady =
      this.self !== undefined &&
      roster.isComplete &&
      roster.players.length >= (room?.minPlayers ?? this.#settings.minPlayers) &&
      roster.areConnected &&
      (room?.connected ?? true);
    if (isReady === this.isReady) return;
    this.isReady = isReady;
    if (isReady) this.#emit('matchReady', roster.players);
    else this.#emit('matchNotReady', undefined);
  }

  /** From now on it tells the game and the server nothing. */
  silence(): void {
    this.#isClosed = true;
    this.#ice.stop();
  }

  close(): void {
    this.silence();
    this.mesh.close();
  }

  /** Their session ids. nakama-js leaves empty lists out. */
  #othersAmong(presences: readonly Presence[] = []): readonly string[] {
    return presences.map(({ session_id }) => session_id).filter((sessionId) => sessionId !== this.selfId);
  }

  #onSnapshot(text: string): void {
    const snapshot = decodeSnapshot(text);
    if (snapshot === null || (snapshot.you ?? this.selfId) !== this.selfId) return;
    if (snapshot.ice !== null) this.#ice.replace(snapshot.ice);
    const isFirst = this.room === null;
    this.room = snapshot.view;
    this.roster.applySnapshot(snapshot.view);
    if (isFirst) {
      for (const [sessionId, state] of this.mesh.states)
        if (state !== 'connecting') this.#report(sessionId, state);
    }
    this.#emit('roomChanged', snapshot.view);
  }

  #onJoined(player: Player): void {
    if (this.#isClosed) return;
    if (player.sessionId === this.selfId) this.roster.setStatus(this.selfId, 'connected');
    this.#emit('playerJoined', this.roster.get(player.sessionId) ?? player);
    if (player.sessionId !== this.selfId) this.mesh.add(player.sessionId);
  }

  #onLeft(player: Player): void {
    this.mesh.remove(player.sessionId);
    this.#emit('playerLeft', player);
  }

  #onLinkState(sessionId: string, state: LinkState): void {
    if (this.#isClosed) return;
    this.#report(sessionId, state);
    const player = this.roster.setStatus(sessionId, state);
    if (player !== undefined) this.#emit('playerStatusChanged', player);
    this.updateReadiness();
  }

  /** Only a server that sends snapshots reads reports. */
  #report(sessionId: string, state: LinkState): void {
    if (this.roster.hasSnapshots) this.#send(OpCode.LINK, encodeLinkReport(sessionId, state));
  }

  #send(opCode: number, text: string): void {
    // It rejects only on a closed socket, which has an event of its own.
    if (!this.#isClosed) this.#socket.sendMatchState(this.matchId, opCode, text).catch(() => {});
  }

  #connectionOptions() {
    const { RTCPeerConnection, useNetworkRelay: relay } = this.#settings;
    return { RTCPeerConnection, relay, iceServers: this.#ice.servers };
  }
}
