import type { LinkState } from '../../../src/protocol/link-report.ts';
import { encodeLinkReport } from '../../../src/protocol/link-report.ts';
import { OpCode } from '../../../src/protocol/opcodes.ts';
import { encodeSignal, type Signal } from '../../../src/protocol/peer-method.ts';
import type { RoomView, Link as ServersLink } from '../../../src/protocol/snapshot.ts';
import type { ConnectionOptions } from './connection.ts';
import type { Emit } from './events.ts';
import type { GameLoop } from './game-loop.ts';
import { HeardTracks } from './heard-tracks.ts';
import { Heartbeats } from './heartbeats.ts';
import { Mesh } from './mesh.ts';
import { OwnTracks } from './own-tracks.ts';
import { PendingSignals } from './pending-signals.ts';
import { CONNECTING, type Player, type Roster } from './roster.ts';
import type { Signalling } from './signalling.ts';

/** How often a link is looked at, and the server told. */
const MEASURE_EVERY_MS = 2_000;
const TELL_EVERY = 5;
const LEAST_NEWS_MS = 10;

export interface LinksContext {
  readonly roster: Roster;
  readonly signalling: Signalling;
  readonly loop: GameLoop;
  readonly emit: Emit;
  connectionOptions(): Omit<ConnectionOptions, 'hasWords'>;
  refreshIce(): Promise<void>;
  self(): Player | undefined;
  isHost(peerId: number): boolean;
  /** Whether the server reads reports of links; then it knows, too, who announced themselves. */
  isReporting(): boolean;
  onChanged(peerId: number, state: LinkState): void;
}

/** The links of one match: what makes them, what repairs them, and what the server hears of them. */
export class Links {
  readonly mesh: Mesh;
  readonly tracks = new OwnTracks();
  readonly #context: LinksContext;
  readonly #heartbeats: Heartbeats;
  readonly #pending = new PendingSignals();
  readonly #measuring: ReturnType<typeof setInterval>;
  /** In a star, the host's peer id. */
  #hub: number | null = null;
  #measurements = 0;
  /** The times of which the server was told last. */
  readonly #toldMs = new Map<number, number>();
  #isSilent = false;

  constructor(context: LinksContext) {
    const { roster, signalling, emit, loop } = context;
    this.#context = context;
    const heard = new HeardTracks(roster, emit);
    this.mesh = new Mesh({
      connectionOptions: () => context.connectionOptions(),
      canSignal: (peerId) => signalling.isOnline && roster.get(peerId)?.away === false,
      send: (peerId, signal) => this.#signal(peerId, signal),
      sendByServer: (peerId, frame) => {
        const player = roster.get(peerId);
        return player !== undefined && signalling.sendTo(player.sessionId, OpCode.FALLBACK, frame);
      },
      refreshIce: () => context.refreshIce(),
      onDrained: (peerId) => {
        const player = roster.get(peerId);
        if (player !== undefined) emit('drained', player);
      },
      onLinkState: (peerId, state) => this.#onState(peerId, state),
      onMessage: (peerId, data, reliable) => {
        const from = roster.get(peerId);
        if (from !== undefined) emit('message', { from, data, reliable });
      },
      tracksTo: (peerId) => this.tracks.to(peerId),
      onTrack: (peerId, track, streams) => heard.begin(peerId, track, streams),
      onTrackEnded: (peerId, track) => heard.end(peerId, track),
      onWords: (peerId) => this.#heartbeats.ping(peerId),
      onWord: (peerId, word) => this.#heartbeats.onWord(peerId, word),
      onError: (error) => emit('error', error),
    });
    this.#measuring = setInterval(() => this.#measure(), MEASURE_EVERY_MS);
    this.#heartbeats = new Heartbeats({
      mesh: this.mesh,
      loop,
      onChanged: (peerId) => context.isHost(peerId) && this.report(peerId),
    });
  }

  /**
   * A player is in, or has none of their connections any more. Who announced themselves offers to those with higher
   * peer ids, which never change; with the addon the lower session id offers.
   */
  connect({ peerId, sessionId, announced, can, generation }: Player): void {
    const self = this.#context.self();
    if (this.#isSilent || self === undefined || self.peerId === peerId || !this.mayLink(peerId)) return;
    const isOfferer = announced ? self.peerId < peerId : self.sessionId < sessionId;
    this.mesh.add(peerId, {
      isOfferer,
      isAnnounced: announced,
      can: can.filter((one) => self.can.includes(one)),
      epoch: (self.generation + generation) % 256,
    });
    for (const signal of this.#pending.take(sessionId)) this.mesh.get(peerId)?.onSignal(signal);
  }

  /** A player, or this one, can be reached again: repairs what broke meanwhile, and leaves the rest alone. */
  repair(player: Player, how: { readonly wasAway: boolean }): void {
    // With the addon, another socket is another player.
    if (!player.announced && how.wasAway) this.connect(player);
    else this.mesh.get(player.peerId)?.renegotiate(how);
  }

  /** A player has lost their socket; perhaps their game is gone with it. */
  doubt(peerId: number): void {
    this.#heartbeats.doubt(peerId);
  }

  /** The bounds of the wire are the server's, but nothing here grows without one. */
  onSignal(sessionId: string, signal: Signal): void {
    const player = this.#context.roster.of(sessionId);
    if (player === undefined) this.#pending.keep(sessionId, signal);
    else this.mesh.get(player.peerId)?.onSignal(signal);
  }

  /** A frame that came through the server. */
  onFrame(sessionId: string, frame: Uint8Array): void {
    this.mesh.get(this.#context.roster.of(sessionId)?.peerId ?? 0)?.onFrame(frame);
  }

  /** To the server: how the link to this player is now. */
  report(peerId: number): void {
    const { roster, signalling, isReporting, isHost } = this.#context;
    const player = roster.get(peerId);
    const link = this.mesh.get(peerId);
    if (player === undefined || link === undefined || !isReporting()) return;
    const isSilent = link.state === 'connected' && isHost(peerId) && this.#heartbeats.isSilent(peerId);
    const { via, rttMs } = link.stats;
    if (rttMs !== null) this.#toldMs.set(peerId, rttMs);
    const more = { silent: isSilent, noRelay: link.failure === 'no-relay', via, rttMs };
    signalling.send(OpCode.LINK, encodeLinkReport(player.sessionId, link.state, more));
  }

  /** Before the players of a snapshot are looked at. */
  arrange({ topology, host }: RoomView): void {
    this.#hub = topology === 'star' ? (host?.peerId ?? 0) : null;
  }

  /** Whether there is to be a link to that player: in a star one of the two is the host. */
  mayLink(peerId: number): boolean {
    return this.#hub === null || this.#hub === peerId || this.#hub === this.#context.self()?.peerId;
  }

  /** What the others say of the links to this player; and in a star another host has other links. */
  onShown({ links, players }: RoomView): void {
    const { self, roster } = this.#context;
    const own = self()?.sessionId;
    if (this.#hub !== null)
      this.#reshape(links, players.find(({ peerId }) => peerId === this.#hub)?.sessionId);
    for (const { a, b, reason } of links) {
      if (reason !== 'no-relay' || (a !== own && b !== own)) continue;
      this.mesh.get(roster.of(a === own ? b : a)?.peerId ?? 0)?.onOtherLacksRelay();
    }
  }

  /** What could not be reported before: at first that links are up already, after a return all that changed. */
  reportAll(isBack: boolean): void {
    for (const [peerId, { state }] of this.mesh.links)
      if (isBack || state !== 'connecting') this.report(peerId);
  }

  /** From now on nothing is asked or answered. */
  silence(): void {
    this.#isSilent = true;
    this.#heartbeats.stop();
    clearInterval(this.#measuring);
    this.#pending.clear();
  }

  close(): void {
    this.silence();
    this.mesh.close();
  }

  /** The server is told of a time that is another, now and then: each word to it costs it something. */
  #measure(): void {
    const isToTell = this.#measurements++ % TELL_EVERY === 0;
    for (const [peerId, link] of this.mesh.links) {
      if (link.state !== 'connected') continue;
      // A frame there and one back count at the server.
      if (link.step !== 'server' || isToTell) void link.measure();
      if (isToTell && isOtherTime(this.#toldMs.get(peerId), link.stats.rttMs)) this.report(peerId);
    }
  }

  #signal(peerId: number, signal: Signal): void {
    const { roster, signalling } = this.#context;
    const player = roster.get(peerId);
    if (player !== undefined)
      signalling.send(OpCode.WEBRTC_PEER_METHOD, encodeSignal(player.sessionId, signal));
  }

  #reshape(links: readonly ServersLink[], hub: string | undefined): void {
    const { self, roster, emit } = this.#context;
    for (const player of roster.players) {
      const { peerId, sessionId } = player;
      if (peerId === self()?.peerId) continue;
      const isLinked = this.mesh.get(peerId) !== undefined;
      if (this.mayLink(peerId)) {
        if (isLinked) continue;
        roster.setStatus(peerId, CONNECTING);
        this.connect(player);
        continue;
      }
      this.mesh.remove(peerId);
      const theirs = links.find(
        ({ a, b }) => (a === sessionId && b === hub) || (b === sessionId && a === hub),
      );
      const status = theirs?.state ?? 'connecting';
      if (status === player.status && !isLinked) continue;
      const shown = roster.setStatus(peerId, { ...CONNECTING, status });
      if (shown !== undefined) emit('playerStatusChanged', shown);
    }
  }

  #onState(peerId: number, state: LinkState): void {
    this.report(peerId);
    const link = this.mesh.get(peerId);
    const { step = 'direct', hasMedia: media = false } = link ?? {};
    const shown = { status: state, via: link?.stats.via ?? null, step, media };
    const player = this.#context.roster.setStatus(peerId, shown);
    if (player !== undefined) this.#context.emit('playerStatusChanged', player);
    this.#context.onChanged(peerId, state);
  }
}

function isOtherTime(told: number | undefined, now: number | null): boolean {
  return now !== null && (told === undefined || Math.abs(now - told) > Math.max(LEAST_NEWS_MS, told / 2));
}
