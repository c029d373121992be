import type { OnlineMatch, Player } from '../../clients/web/src/index.ts';
import { Game, startOf } from './game.ts';
import { type LinkStats, statsOf } from './link-stats.ts';
import type { Scene } from './painter.ts';
import type { Tag } from './tag.ts';
import {
  decodeCheckpoint,
  decodeMove,
  decodeNote,
  encodeCheckpoint,
  encodeMove,
  encodeNote,
  type Note,
} from './wire.ts';

const SEND_EVERY_MS = 50;
/** Also without a move, since any of them may be lost. */
const REPEAT_EVERY_MS = 500;

export interface PlayEvents {
  onSaid(name: string, text: string): void;
  onNews(text: string): void;
  onChanged(): void;
}

/** The game over one match: what the players send each other, and what comes of it. */
export class Play {
  readonly match: OnlineMatch;
  game = new Game();
  readonly stats = new Map<number, LinkStats>();
  readonly #events: PlayEvents;
  readonly #stops: (() => void)[];
  #knowsHost = false;
  #sent = { x: 0, y: 0, atMs: 0 };

  constructor(match: OnlineMatch, events: PlayEvents) {
    this.match = match;
    this.#events = events;
    const { onChanged, onNews } = events;
    this.#stops = [
      match.on('playerJoined', (player) => this.#onJoined(player)),
      match.on('playerLeft', (player) => this.#onLeft(player)),
      match.on('playerAway', ({ username }) => onNews(`${username} is away, and may come back.`)),
      match.on('playerBack', ({ username }) => onNews(`${username} is back.`)),
      match.on('playerStatusChanged', (player) => this.#onStatus(player)),
      match.on('hostChanged', ({ player }) => this.#onHost(player)),
      match.on('checkpoint', ({ data }) => this.#onCheckpoint(data)),
      match.on('reconnecting', () => onNews('The connection to the server was lost. The game goes on.')),
      match.on('reconnected', () => onNews('The connection to the server is back.')),
      match.on('matchReady', () => onChanged()),
      match.on('matchNotReady', () => onChanged()),
      match.on('roomChanged', () => onChanged()),
      match.on('message', ({ from, data }) => this.#onMessage(from, data)),
    ];
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  say(text: string): void {
    this.#tell({ kind: 'say', text });
    this.#events.onSaid(this.match.self?.username ?? '', text);
  }

  nameOf(peerId: number): string {
    return this.match.playersByPeerId.get(peerId)?.username ?? '';
  }

  /** Sends where this player is, and whom they caught. */
  report(nowMs: number): void {
    const { x, y, peerId } = this.game.self;
    if (peerId === 0) return;
    const { sent, isMoved } = { sent: this.#sent, isMoved: x !== this.#sent.x || y !== this.#sent.y };
    if (nowMs - sent.atMs >= (isMoved ? SEND_EVERY_MS : REPEAT_EVERY_MS)) {
      this.#sent = { x, y, atMs: nowMs };
      this.match.send('all', this.#move(), { reliable: false });
    }
    const tag = this.game.catchOne();
    if (tag === null) return;
    this.#tell({ kind: 'tag', ...tag, by: peerId });
    this.#onTag(tag);
  }

  async measure(): Promise<void> {
    for (const { peerId } of this.match.players) {
      const connection = this.match.connectionOf(peerId);
      const stats = connection === null ? this.#statsByServer(peerId) : await statsOf(connection);
      if (stats) this.stats.set(peerId, stats);
      else this.stats.delete(peerId);
    }
  }

  /** Of a link that goes through the server. */
  #statsByServer(peerId: number): LinkStats | null {
    // Whoever left meanwhile has no link to ask about.
    if (this.match.playersByPeerId.get(peerId)?.via !== 'server') return null;
    const { via, rttMs } = this.match.statsOf(peerId);
    return via === 'server' && rttMs !== null ? { roundTripMs: rttMs, isRelayed: true } : null;
  }

  scene(): Scene {
    const { self, holder, discs } = this.game;
    const { players, room, host } = this.match;
    const peerIds = new Map(players.map(({ sessionId, peerId }) => [sessionId, peerId]));
    const links = (room?.links ?? []).map(({ a, b, state }) => ({
      a: peerIds.get(a) ?? 0,
      b: peerIds.get(b) ?? 0,
      state,
    }));
    const away = new Map(players.map(({ peerId, awaySec }) => [peerId, awaySec]));
    return {
      discs,
      self: self.peerId,
      holder,
      host: host?.peerId ?? null,
      links,
      nameOf: (peerId) => this.nameOf(peerId),
      awaySecOf: (peerId) => away.get(peerId) ?? null,
    };
  }

  #onJoined(player: Player): void {
    if (player.sessionId === this.match.self?.sessionId) {
      this.game = new Game(player.peerId, startOf(player.peerId));
      for (const { peerId } of this.match.players) this.#place(peerId);
    } else {
      this.#place(player.peerId);
      this.#events.onNews(`${player.username} is here.`);
    }
    this.#events.onChanged();
  }

  #onLeft({ peerId, username }: Player): void {
    this.game.forget(peerId);
    this.stats.delete(peerId);
    this.#events.onNews(`${username} has left.`);
    this.#events.onChanged();
  }

  #onHost(host: Player | null): void {
    const isSelf = host !== null && host.peerId === this.game.self.peerId;
    const isNews = this.#knowsHost && host !== null;
    this.#knowsHost = true;
    if (isNews) this.#events.onNews(isSelf ? 'You are the host now.' : `${host.username} is the host now.`);
    if (isSelf) this.#save();
    this.#events.onChanged();
  }

  /** A new link: tells that player where this one is, and how the game stands. */
  #onStatus({ peerId, status }: Player): void {
    const isSelf = peerId === this.game.self.peerId;
    if (status === 'connected' && !isSelf) {
      this.match.send(peerId, this.#move());
      const { stand } = this.game;
      if (stand.count > 0) this.match.send(peerId, encodeNote({ kind: 'stand', ...stand }));
    }
    this.#events.onChanged();
  }

  #onMessage({ peerId, username }: Player, data: string | ArrayBuffer): void {
    const move = decodeMove(data);
    if (move !== null) this.game.hear(peerId, move);
    const note = decodeNote(data);
    if (note?.kind === 'say') this.#events.onSaid(username, note.text);
    if (note?.kind === 'tag' && this.game.hearTag(note, note.by)) this.#onTag(note);
    if (note?.kind === 'stand' && this.game.restore(note)) this.#onTag(note);
  }

  /** What the last host left; whoever has seen more than that goes on from there. */
  #onCheckpoint(data: Uint8Array): void {
    const stand = decodeCheckpoint(data);
    if (stand === null || !this.game.restore(stand)) return;
    this.#tell({ kind: 'stand', ...this.game.stand });
    this.#events.onChanged();
  }

  /** Where everybody starts, until they say where they are. */
  #place(peerId: number): void {
    if (peerId !== this.game.self.peerId) this.game.hear(peerId, { number: 0, ...startOf(peerId) });
  }

  #onTag({ holder }: Tag): void {
    const isSelf = holder === this.game.self.peerId;
    this.#events.onNews(isSelf ? 'You are it!' : `${this.nameOf(holder) || 'Somebody'} is it!`);
    this.#save();
    this.#events.onChanged();
  }

  /** Leaves with the room how the game stands, for the next host. */
  #save(): void {
    if (this.match.isHost && this.game.tag.count > 0)
      this.match.saveCheckpoint(encodeCheckpoint(this.game.stand));
  }

  #tell(note: Note): void {
    this.match.send('all', encodeNote(note));
  }

  /** Numbered by the clock, so that those after a reload come after those before it. */
  #move(): ArrayBuffer {
    return encodeMove({ number: Date.now() % 2 ** 32, ...this.game.self });
  }
}
