import type { OnlineMatch, Player, Room } from '../../clients/web/src/index.ts';
import { Game, startOf } from './game.ts';
import type { Scene } from './painter.ts';
import { pairsOf } from './pairs.ts';
import { isLinkable, isStar, passOn } from './star.ts';
import type { Tag } from './tag.ts';
import {
  decodeCheckpoint,
  decodeMove,
  decodeNote,
  decodePassed,
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
  /** Whether anybody else has been here. */
  hasMet = false;
  /** Whether the matchmaker made the room, into which nobody else can come. */
  isMatched = false;
  /** Whether the server has no room for this player any more. */
  isLost = false;
  readonly #events: PlayEvents;
  readonly #stops: (() => void)[];
  #knowsHost = false;
  #phase: Room['phase'] | null = null;
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
      match.on('roomLost', () => this.#onLost()),
      match.on('matchReady', () => onChanged()),
      match.on('matchNotReady', () => onChanged()),
      match.on('roomChanged', (room) => this.#onRoom(room)),
      match.on('message', ({ from, data, reliable }) => this.#onMessage(from, data, reliable)),
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

  /** A game begins: all scores are 0, for everybody. */
  begin(): void {
    const { holder, tag } = this.game;
    this.game.restore({ holder: holder ?? 0, count: tag.count + 1, scores: [] });
    this.#tell({ kind: 'stand', ...this.game.stand });
    this.#save();
  }

  scene(): Scene {
    const { self, holder, discs } = this.game;
    const { players, host } = this.match;
    const away = new Map(players.map(({ peerId, awaySec }) => [peerId, awaySec]));
    return {
      discs,
      self: self.peerId,
      holder,
      host: host?.peerId ?? null,
      links: pairsOf(this.match),
      nameOf: (peerId) => this.nameOf(peerId),
      awaySecOf: (peerId) => away.get(peerId) ?? null,
    };
  }

  #onJoined(player: Player): void {
    if (player.sessionId === this.match.self?.sessionId) {
      this.game = new Game(player.peerId, startOf(player.peerId));
      for (const { peerId } of this.match.players) this.#place(peerId);
    } else {
      this.hasMet = true;
      this.#place(player.peerId);
      this.#events.onNews(`${player.username} is here.`);
    }
    this.#events.onChanged();
  }

  #onLeft({ peerId, username }: Player): void {
    this.game.forget(peerId);
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
    if (status === 'connected' && !isSelf && isLinkable(this.match, peerId)) {
      this.match.send(peerId, this.#move());
      const { stand } = this.game;
      if (stand.count > 0) this.match.send(peerId, encodeNote({ kind: 'stand', ...stand }));
    }
    this.#events.onChanged();
  }

  #onMessage(sender: Player, data: string | ArrayBuffer, reliable: boolean): void {
    const { match } = this;
    const passed = isStar(match) && sender.peerId === match.host?.peerId ? decodePassed(data) : null;
    const from = passed === null ? sender : match.playersByPeerId.get(passed.from);
    if (from === undefined || from.peerId === this.game.self.peerId) return;
    this.#hear(from, passed?.data ?? data);
    if (isStar(match) && match.isHost) passOn(match, from, data, reliable);
  }

  #hear({ peerId, username }: Player, data: string | ArrayBuffer): void {
    const move = decodeMove(data);
    if (move !== null) this.game.hear(peerId, move);
    const note = decodeNote(data);
    if (note?.kind === 'say') this.#events.onSaid(username, note.text);
    if (note?.kind === 'tag' && this.game.hearTag(note, note.by)) this.#onTag(note);
    if (note?.kind === 'stand' && this.game.restore(note)) this.#onTag(note);
  }

  #onLost(): void {
    this.isLost = true;
    this.#events.onChanged();
  }

  #onRoom({ phase }: Room): void {
    const before = this.#phase;
    this.#phase = phase;
    if (before !== null && phase !== before) {
      if (phase === 'sealed')
        this.#events.onNews('The game begins. All scores are 0, and nobody else comes in.');
      if (before === 'sealed' && phase !== 'closed') this.#events.onNews('The room is open again.');
    }
    this.#events.onChanged();
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
