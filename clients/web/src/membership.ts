import type { Match, MatchData, MatchPresenceEvent, Presence, Socket } from '@heroiclabs/nakama-js';
import { OpCode } from '../../../src/protocol/opcodes.ts';
import type { RoomView } from '../../../src/protocol/snapshot.ts';
import { type Authority, authorityOver } from './authority.ts';
import { Checkpoints } from './checkpoints.ts';
import type { Emit } from './events.ts';
import { type InboundEvents, read } from './inbound.ts';
import type { Link } from './link.ts';
import { Links } from './links.ts';
import type { MembershipContext } from './membership-context.ts';
import { Office } from './office.ts';
import { PlayerStatus } from './player-status.ts';
import { isReadyFrom } from './readiness.ts';
import { type Room, roomFrom } from './room.ts';
import { type Player, Roster } from './roster.ts';
import { Signalling } from './signalling.ts';
import { tellPlayers } from './tell-players.ts';

/** One match from the join on: who is in, and the links to them. It outlives the player's sockets, and the room. */
export class Membership {
  readonly matchId: string;
  /** Whether the match is authoritative, as rooms are; else it is a relayed match. */
  readonly isArbitrated: boolean;
  readonly roster: Roster;
  readonly links: Links;
  readonly status: PlayerStatus;
  readonly checkpoints: Checkpoints;
  readonly office: Office;
  /** The latest snapshot; null until the first, and on servers that send none. */
  room: Room | null = null;
  isReady = false;
  isPlaying: boolean;
  /** Whether the server has the room no more, or this player no seat in it; the links that are up live on. */
  isRoomLost = false;
  readonly #context: MembershipContext;
  readonly #emit: Emit;
  readonly #signalling: Signalling;
  /** This player's session ids, the present one last. */
  readonly #ownIds: string[];
  readonly #presentAtJoin: readonly string[];
  readonly #authority: Authority;
  #isClosed = false;
  /** Until the first snapshot on a socket. */
  #awaits: 'seat' | 'return' | null = 'seat';

  constructor({ match_id, self, authoritative, presences }: Match, context: MembershipContext) {
    const { socket, emit, loop, matched, ice } = context;
    const { RTCPeerConnection, useNetworkRelay: relay } = context.settings;
    this.matchId = match_id;
    this.isArbitrated = authoritative === true;
    this.isPlaying = context.isPlaying;
    this.#context = context;
    this.#ownIds = [self.session_id];
    this.#signalling = new Signalling(match_id, socket);
    this.#emit = (name, value) => {
      if (!this.#isClosed) emit(name, value);
    };
    this.roster = new Roster(
      matched ?? [],
      tellPlayers({
        roster: () => this.roster,
        links: () => this.links,
        emit: this.#emit,
        isOwn: (sessionId) => this.#ownIds.includes(sessionId),
        isReturning: () => this.#awaits === 'return',
      }),
    );
    this.status = new PlayerStatus(this.#signalling);
    this.checkpoints = new Checkpoints({
      send: (data) => this.office.isOwn && this.#signalling.send(OpCode.CHECKPOINT, data),
      onRestored: (checkpoint) => this.#emit('checkpoint', checkpoint),
    });
    this.office = new Office({
      roster: this.roster,
      self: () => this.self,
      emit: this.#emit,
      // The server asks only for the host whether their game goes on.
      onChanged: (peerId) => this.links.report(peerId),
      onGained: () => this.checkpoints.onOffice(),
    });
    this.links = new Links({
      roster: this.roster,
      signalling: this.#signalling,
      loop,
      emit: this.#emit,
      connectionOptions: () => ({ RTCPeerConnection, relay, iceServers: ice.servers }),
      refreshIce: () => ice.refresh(),
      self: () => this.self,
      isHost: (peerId) => this.office.peerId === peerId,
      isReporting: () => !this.#isClosed && this.room !== null,
      onChanged: (peerId, state) => {
        // Nobody is left to repair it.
        if (this.isRoomLost && state !== 'connected') this.roster.remove(peerId);
        this.updateReadiness();
      },
    });
    this.#presentAtJoin = this.#othersAmong(presences);
    this.#authority = authorityOver(this.isArbitrated, matched !== null, this.#presentAtJoin);
  }

  /** Begins with what the reply to the join tells. */
  start(): void {
    if (!this.isArbitrated) this.roster.addMatched([this.selfId, ...this.#presentAtJoin]);
    this.updateReadiness();
  }

  get selfId(): string {
    return this.#ownIds.at(-1) as string;
  }

  get self(): Player | undefined {
    return this.#ownIds.map((sessionId) => this.roster.of(sessionId)).find((player) => player !== undefined);
  }

  get isOnline(): boolean {
    return this.#signalling.isOnline;
  }

  /** The socket is lost: what is up stays up, and what is not waits. */
  onOffline(): void {
    this.#signalling.socket = null;
  }

  /** The player is in again, on another socket; the next snapshot tells what happened meanwhile. */
  onResumed({ self }: Match, socket: Socket): void {
    this.#ownIds.push(self.session_id);
    this.#signalling.socket = socket;
    this.#awaits = 'return';
    this.roster.expectNot();
  }

  /** There is nothing to come back to. Who is linked to this player stays; the others are gone for them. */
  onRoomLost(): void {
    this.onOffline();
    this.isRoomLost = true;
    for (const player of this.roster.players)
      if (!this.#isReachable(player)) this.roster.remove(player.peerId);
    this.updateReadiness();
  }

  /** Without the server. */
  #isReachable({ peerId, status, via }: Player): boolean {
    const isLinked = this.links.mesh.get(peerId) !== undefined && via !== 'server';
    return status === 'connected' && (isLinked || peerId === this.self?.peerId);
  }

  onData(data: MatchData): void {
    if (data.match_id !== this.matchId || this.#isClosed) return;
    read(data, this.#authority, this.#inbound);
    this.updateReadiness();
  }

  onPresence({ match_id, joins, leaves }: MatchPresenceEvent): void {
    if (match_id !== this.matchId || this.#isClosed) return;
    const left = this.#othersAmong(leaves);
    if (this.isArbitrated) this.roster.expectNot(left);
    else {
      this.roster.addMatched(this.#othersAmong(joins));
      this.roster.removeLeft(left);
    }
    this.updateReadiness();
  }

  updateReadiness(): void {
    if (this.#isClosed || this.isPlaying) return;
    const { roster, room, self } = this;
    const { minPlayers } = this.#context.settings;
    const mayLink = (peerId: number) => this.links.mayLink(peerId);
    const isReady = self !== undefined && isReadyFrom(roster, room, minPlayers, mayLink);
    if (isReady === this.isReady) return;
    this.isReady = isReady;
    if (isReady) this.#emit('matchReady', roster.players);
    else this.#emit('matchNotReady', undefined);
  }

  /** From now on it tells the game and the server nothing. */
  silence(): void {
    this.#isClosed = true;
    this.#context.ice.stop();
    this.checkpoints.stop();
    this.status.stop();
    this.links.silence();
  }

  close(): void {
    this.silence();
    this.links.close();
  }

  /** Their session ids. nakama-js leaves empty lists out. */
  #othersAmong(presences: readonly Presence[] = []): readonly string[] {
    return presences.map(({ session_id }) => session_id).filter((sessionId) => sessionId !== this.selfId);
  }

  readonly #inbound: InboundEvents = {
    // A relayed match sends it to everybody; in a room it may still name an earlier session.
    onSignal: (sender, target, signal) => {
      if (this.#ownIds.includes(target)) this.links.onSignal(sender, signal);
    },
    onListed: (players) => {
      if (!this.isArbitrated) this.roster.addListed(players, this.selfId);
    },
    onRefused: (target, error) => {
      if (target === this.selfId) this.#context.onRefused(error);
    },
    onSnapshot: ({ you, view, ice }) => {
      if (you !== null && you !== this.selfId) return;
      if (ice !== null) this.#context.ice.replace(ice);
      this.#onView(view, you !== null);
    },
    onCheckpoint: (kept) => this.checkpoints.onKept(kept),
    onFrame: (sender, frame) => this.links.onFrame(sender, frame),
    onSlowDown: (ms) => this.links.mesh.slowDown(ms),
    onHostCheck: () => this.#context.loop.soon('host', () => this.#signalling.send(OpCode.HOST_CHECK, '')),
  };

  #onView(view: RoomView, isFirstOnSocket: boolean): void {
    const own = view.players.find(({ sessionId }) => sessionId === this.selfId);
    const before = new Map(this.links.mesh.links);
    const room = roomFrom(view);
    if (own !== undefined) {
      this.room = room;
      this.links.arrange(view);
      this.roster.applySnapshot(view, own.peerId);
      this.office.update(view.host);
      this.status.onShown(own);
      this.links.onShown(view);
    }
    this.#emit('roomChanged', room);
    this.updateReadiness();
    if (own !== undefined && isFirstOnSocket) this.#onSeated(own.peerId, before);
  }

  /** In the seat. What could not be said meanwhile is said, and what broke is repaired. */
  #onSeated(peerId: number, linksBefore: ReadonlyMap<number, Link>): void {
    const isBack = this.#awaits === 'return';
    this.#awaits = null;
    this.links.reportAll(isBack);
    this.status.repeat();
    this.checkpoints.flush(this.office.term);
    for (const player of isBack ? this.roster.players : [])
      if (linksBefore.get(player.peerId) === this.links.mesh.get(player.peerId))
        this.links.repair(player, { wasAway: true });
    this.#context.onSeated(peerId);
  }
}
