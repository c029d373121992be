import { holderOf, NOBODY_YET, newerOf, type Tag } from './tag.ts';
import type { Move, Stand } from './wire.ts';

/** The arena, in units of its own; a screen shows it at any size. */
export const WIDTH = 800;
export const HEIGHT = 600;
export const RADIUS = 26;
/** Nobody comes nearer to the border, so that all of a disc is seen. */
const MARGIN = RADIUS + 12;
const UNITS_PER_SECOND = 360;
/** A player who was caught catches nobody for so long. */
const GRACE_MS = 1_200;
/** How fast a disc that is shown follows the moves that arrive. */
const FOLLOW_PER_SECOND = 20;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Disc extends Point {
  readonly peerId: number;
}

interface Other {
  shown: Point;
  heard: Move;
}

/** A game of tag: discs on a plane, one of them is "it". Knows neither network nor screen. */
export class Game {
  self: Disc;
  #others = new Map<number, Other>();
  #tag: Tag = NOBODY_YET;
  readonly #scores = new Map<number, number>();
  #heldMs = 0;

  constructor(peerId = 0, start: Point = { x: WIDTH / 2, y: HEIGHT / 2 }) {
    this.self = { ...start, peerId };
  }

  get discs(): readonly Disc[] {
    const others = [...this.#others].map(([peerId, { shown }]) => ({ ...shown, peerId }));
    return [...others, this.self];
  }

  get tag(): Tag {
    return this.#tag;
  }

  /** How often a player has caught somebody. */
  scoreOf(peerId: number): number {
    return this.#scores.get(peerId) ?? 0;
  }

  /** For somebody who has not seen it all: a host after this one, or who comes back. */
  get stand(): Stand {
    return { ...this.#tag, scores: [...this.#scores] };
  }

  /** Goes on from there, unless this player has seen more; returns whether that was news. */
  restore({ holder, count, scores }: Stand): boolean {
    if (count <= this.#tag.count) return false;
    this.#scores.clear();
    for (const [peerId, catches] of scores) this.#scores.set(peerId, catches);
    this.#tag = { holder, count };
    this.#heldMs = 0;
    return true;
  }

  /** The peer id of who is "it"; null alone. */
  get holder(): number | null {
    if (this.#others.size === 0) return null;
    return holderOf(this.#tag, [this.self.peerId, ...this.#others.keys()]);
  }

  hear(peerId: number, move: Move): void {
    const heard = { ...move, ...within(move) };
    const other = this.#others.get(peerId);
    if (other === undefined) this.#others.set(peerId, { shown: heard, heard });
    else if (move.number > other.heard.number) other.heard = heard;
  }

  /** `by` caught them; returns whether that was news. */
  hearTag(tag: Tag, by: number): boolean {
    const newer = newerOf(this.#tag, tag);
    if (newer.count === this.#tag.count && newer.holder === this.#tag.holder) return false;
    this.#scores.set(by, this.scoreOf(by) + 1);
    this.#tag = { holder: newer.holder, count: newer.count };
    this.#heldMs = 0;
    return true;
  }

  forget(peerId: number): void {
    this.#others.delete(peerId);
  }

  /** Lets time pass, with this player going in a direction (a vector of at most length 1). */
  advance(seconds: number, direction: Point): void {
    const distance = UNITS_PER_SECOND * seconds;
    const { x, y, peerId } = this.self;
    this.self = { peerId, ...within({ x: x + direction.x * distance, y: y + direction.y * distance }) };
    const part = 1 - Math.exp(-FOLLOW_PER_SECOND * seconds);
    for (const other of this.#others.values()) {
      const { shown, heard } = other;
      other.shown = { x: shown.x + (heard.x - shown.x) * part, y: shown.y + (heard.y - shown.y) * part };
    }
    this.#heldMs = this.holder === this.self.peerId ? this.#heldMs + seconds * 1000 : 0;
  }

  /** Whom this player catches now, to be told to all; only who is "it" catches. */
  catchOne(): Tag | null {
    if (this.#heldMs < GRACE_MS) return null;
    for (const [holder, { shown }] of this.#others) {
      if (Math.hypot(shown.x - this.self.x, shown.y - this.self.y) > 2 * RADIUS) continue;
      const tag = { holder, count: this.#tag.count + 1 };
      this.hearTag(tag, this.self.peerId);
      return tag;
    }
    return null;
  }
}

function within({ x, y }: Point): Point {
  return { x: clamp(x, MARGIN, WIDTH - MARGIN), y: clamp(y, MARGIN, HEIGHT - MARGIN) };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** Where a player starts: apart from the others, whoever comes first. */
export function startOf(peerId: number): Point {
  const angle = peerId * 2.399963; // The golden angle: no two are ever close.
  return { x: WIDTH / 2 + Math.cos(angle) * 210, y: HEIGHT / 2 + Math.sin(angle) * 170 };
}
