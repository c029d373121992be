import type { Match, MatchData, MatchPresenceEvent, Socket } from '@heroiclabs/nakama-js';
import { decodeJoinError, decodeJoinSuccess, decodeRoomView } from '../../src/protocol/from-server.ts';
import type { Player as Entry } from '../../src/protocol/join.ts';
import { OpCode } from '../../src/protocol/opcodes.ts';
import type { LinkState, RoomView } from '../../src/protocol/room-view.ts';
import { decodeSignal, encodeLinkReport, encodeSignal } from '../../src/protocol/signal.ts';
import { OnlineMatchError } from './errors.ts';
import type { Emit } from './events.ts';
import type { IceSource } from './ice.ts';
import { Mesh } from './mesh.ts';
import { type Player, Roster } from './players.ts';
import type { Settings } from './settings.ts';

/** One match from the join on: who is in, the links to them, and whether all are ready. */
export class Membership {
  readonly matchId: string;
  readonly selfId: string;
  /** Whether the server arbitrates it; else it is Nakama's own relayed match. */
  readonly isArbitrated: boolean;
  readonly roster: Roster;
  readonly mesh: Mesh;
  /** The server's last word on the room, where it gives any. */
  room: RoomView | null = null;
  isReady = false;
  isPlaying = false;
  readonly #socket: Socket;
  readonly #settings: Settings;
  readonly #emit: Emit;
  readonly #ice: IceSource;
  /** Ends this membership: it was told to go. */
  readonly #onRefused: (error: OnlineMatchError) => void;
  /** Who was there at the join. */
  readonly #arrived: readonly string[];
  #isClosed = false;

  constructor(
    { match_id, self, authoritative, presences }: Match,
    {
      socket,
      settings,
      emit,
      ice,
      expected,
      onRefused,
    }: {
      socket: Socket;
      settings: Settings;
      emit: Emit;
      ice: IceSource;
      expected: readonly Entry[];
      onRefused: (error: OnlineMatchError) => void;
    },
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
    this.roster = new Roster(expected, {
      onJoined: (player) => this.#onJoined(player),
      onLeft: (player) => this.#onLeft(player),
    });
    this.mesh = new Mesh(this.selfId, {
      connectionOptions: () => this.#connectionOptions(),
      isAnnounced: (sessionId) => this.roster.get(sessionId)?.announced ?? false,
      send: (sessionId, signal) => this.#send(OpCode.WEBRTC_PEER_METHOD, encodeSignal(sessionId, signal)),
      onState: (sessionId, state) => this.#onState(sessionId, state),
      onMessage: (sessionId, data, reliable) => {
        const from = this.roster.get(sessionId);
        if (from !== undefined) this.#emit('message', { from, data, reliable });
      },
      onError: (error) => this.#emit('error', error),
    });
    this.#arrived = [this.selfId, ...(presences ?? []).map(({ session_id }) => session_id)];
  }

  /** What is known from the reply to the join. */
  start(): void {
    this.roster.onArrived(this.#arrived);
    this.update();
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
    switch (op_code) {
      case OpCode.WEBRTC_PEER_METHOD: {
        // A relayed match sends it to everybody.
        const heard = decodeSignal(text);
        if (heard?.target === this.selfId && presence?.session_id)
          this.mesh.receive(presence.session_id, heard.signal);
        break;
      }
      case OpCode.JOIN_SUCCESS:
        this.roster.onListed(decodeJoinSuccess(text) ?? []);
        break;
      case OpCode.JOIN_ERROR: {
        const refusal = decodeJoinError(text);
        if (refusal?.target === this.selfId)
          this.#onRefused(new OnlineMatchError(refusal.code ?? 'unknown', refusal.reason));
        break;
      }
      case OpCode.ROOM:
        this.#onRoom(text);
        break;
    }
    this.update();
  }

  onPresence({ match_id, joins, leaves }: MatchPresenceEvent): void {
    if (match_id !== this.matchId || this.#isClosed) return;
    const idsOf = (presences: { session_id: string }[] = []) =>
      presences.map(({ session_id }) => session_id).filter((sessionId) => sessionId !== this.selfId);
    this.roster.onArrived(idsOf(joins));
    this.roster.onGone(idsOf(leaves));
    this.update();
  }

  /** The match is ready when enough players are in and all are connected, as far as anybody can tell. */
  update(): void {
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

  /** Nothing is told or sent any more. */
  silence(): void {
    this.#isClosed = true;
    this.#ice.stop();
  }

  close(): void {
    this.silence();
    this.mesh.close();
  }

  #onRoom(text: string): void {
    const heard = decodeRoomView(text);
    if (heard === null || (heard.you ?? this.selfId) !== this.selfId) return;
    if (heard.ice !== null) this.#ice.adopt(heard.ice);
    const isFirst = this.room === null;
    this.room = heard.view;
    this.roster.onRoom(heard.view);
    if (isFirst) {
      for (const [sessionId, state] of this.mesh.states)
        if (state !== 'connecting') this.#report(sessionId, state);
    }
    this.#emit('roomChanged', heard.view);
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

  #onState(sessionId: string, state: LinkState): void {
    if (this.#isClosed) return;
    this.#report(sessionId, state);
    const player = this.roster.setStatus(sessionId, state);
    if (player !== undefined) this.#emit('playerStatusChanged', player);
    this.update();
  }

  /** Only a server that sends snapshots reads these. */
  #report(sessionId: string, state: LinkState): void {
    if (this.roster.hasSnapshots) this.#send(OpCode.LINK, encodeLinkReport(sessionId, state));
  }

  #send(opCode: number, text: string): void {
    // Rejects on a closed socket only, which its own event tells.
    if (!this.#isClosed) this.#socket.sendMatchState(this.matchId, opCode, text).catch(() => {});
  }

  #connectionOptions() {
    const { RTCPeerConnection, useNetworkRelay: relay } = this.#settings;
    return { RTCPeerConnection, relay, iceServers: this.#ice.servers };
  }
}
