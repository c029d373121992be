import type { LinkState } from '../../clients/web/src/index.ts';
import { colourOf } from './dom.ts';
import { type Disc, HEIGHT, type Point, RADIUS, WIDTH } from './game.ts';

/** What the arena shows. */
export interface Scene {
  readonly discs: readonly Disc[];
  readonly self: number;
  readonly holder: number | null;
  /** Who wears the crown. */
  readonly host: number | null;
  readonly nameOf: (peerId: number) => string;
  /** For how long the seat of somebody is kept who has lost their connection; null while they are here. */
  readonly awaySecOf: (peerId: number) => number | null;
  readonly links: readonly { readonly a: number; readonly b: number; readonly state: LinkState }[];
}

const LINK_COLOURS = { connected: '--good', connecting: '--wait', failed: '--bad' } as const;
const TRAIL = 14;
/** Around who is "it", so far outside of the disc. */
const RING = 9;
const GRID = 40;
const LABEL_PX = 13;

/** Draws the arena, at any size, in the colours of the page. */
export class Painter {
  readonly #canvas: HTMLCanvasElement;
  readonly #pen: CanvasRenderingContext2D;
  readonly #styles: CSSStyleDeclaration;
  readonly #calm = matchMedia('(prefers-reduced-motion: reduce)');
  readonly #trails = new Map<number, Point[]>();
  /** Pixels of the canvas for a unit of the arena, and for a pixel of the page. */
  #scale = 1;
  #density = 1;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#pen = canvas.getContext('2d') as CanvasRenderingContext2D;
    this.#styles = getComputedStyle(document.documentElement);
    new ResizeObserver(() => this.#fit()).observe(canvas);
    this.#fit();
  }

  paint(scene: Scene, timeMs: number): void {
    const pen = this.#pen;
    pen.setTransform(this.#scale, 0, 0, this.#scale, 0, 0);
    pen.clearRect(0, 0, WIDTH, HEIGHT);
    this.#paintGrid();
    const at = new Map(scene.discs.map((disc) => [disc.peerId, disc]));
    for (const { a, b, state } of scene.links) this.#paintLink(at.get(a), at.get(b), state);
    for (const disc of scene.discs) this.#paintTrail(disc);
    for (const peerId of this.#trails.keys()) if (!at.has(peerId)) this.#trails.delete(peerId);
    for (const disc of scene.discs) this.#paintDisc(disc, scene, timeMs);
    for (const disc of scene.discs) this.#paintName(disc, scene);
  }

  #fit(): void {
    const { width } = this.#canvas.getBoundingClientRect();
    this.#density = devicePixelRatio;
    this.#scale = (Math.max(width, 1) * this.#density) / WIDTH;
    this.#canvas.width = Math.round(WIDTH * this.#scale);
    this.#canvas.height = Math.round(HEIGHT * this.#scale);
  }

  #paintGrid(): void {
    const pen = this.#pen;
    pen.fillStyle = this.#colour('--grid');
    const size = 3;
    for (let x = GRID / 2; x < WIDTH; x += GRID)
      for (let y = GRID / 2; y < HEIGHT; y += GRID) pen.fillRect(x - size / 2, y - size / 2, size, size);
  }

  #paintLink(a: Point | undefined, b: Point | undefined, state: LinkState): void {
    if (a === undefined || b === undefined) return;
    const pen = this.#pen;
    pen.save();
    pen.strokeStyle = this.#colour(LINK_COLOURS[state]);
    pen.globalAlpha = 0.55;
    pen.lineWidth = 1.5 * this.#pagePixel;
    // Told apart by more than the colour.
    pen.setLineDash(state === 'connected' ? [] : state === 'connecting' ? [10, 8] : [2, 10]);
    pen.beginPath();
    pen.moveTo(a.x, a.y);
    pen.lineTo(b.x, b.y);
    pen.stroke();
    pen.restore();
  }

  #paintTrail({ peerId, x, y }: Disc): void {
    if (this.#calm.matches) return;
    const trail = [...(this.#trails.get(peerId) ?? []), { x, y }].slice(-TRAIL);
    this.#trails.set(peerId, trail);
    trail.forEach((point, index) => {
      if (point.x === x && point.y === y) return;
      const part = (index + 1) / TRAIL;
      this.#circle(point, RADIUS * part, { fill: colourOf(peerId), alpha: 0.12 * part });
    });
  }

  #paintDisc(disc: Disc, { self, holder, host, awaySecOf }: Scene, timeMs: number): void {
    const colour = colourOf(disc.peerId);
    const isAway = awaySecOf(disc.peerId) !== null;
    const isIt = disc.peerId === holder;
    if (disc.peerId === host) this.#paintCrown(disc, isIt ? RING : 0);
    if (isAway) {
      this.#circle(disc, RADIUS, { fill: colour, alpha: 0.25 });
      this.#circle(disc, RADIUS, { stroke: colour, width: 3, dash: [8, 7] });
      return;
    }
    if (isIt) {
      const swing = this.#calm.matches ? 0 : Math.sin(timeMs / 180) * 2;
      this.#circle(disc, RADIUS + RING + swing, { stroke: colour, width: 4 });
    }
    this.#circle(disc, RADIUS, { fill: colour });
    if (disc.peerId === self) this.#circle(disc, RADIUS - 7, { stroke: '--card', width: 4 });
  }

  #paintCrown({ x, y }: Point, above: number): void {
    const pen = this.#pen;
    const top = y - RADIUS - above;
    pen.fillStyle = this.#colour('--crown');
    pen.strokeStyle = this.#colour('--card');
    pen.lineWidth = 2;
    pen.beginPath();
    CROWN.forEach(([dx, dy], index) => {
      if (index === 0) pen.moveTo(x + dx, top + dy);
      else pen.lineTo(x + dx, top + dy);
    });
    pen.closePath();
    pen.stroke();
    pen.fill();
  }

  #paintName({ peerId, x, y }: Disc, scene: Scene): void {
    const text = labelOf(peerId, scene);
    const pen = this.#pen;
    const size = LABEL_PX * this.#pagePixel;
    pen.font = `600 ${size}px Inter, system-ui, sans-serif`;
    pen.textAlign = 'center';
    const half = pen.measureText(text).width / 2 + 10;
    const isLow = y > HEIGHT - RADIUS - size * 2.6;
    pen.textBaseline = isLow ? 'bottom' : 'top';
    const place = {
      x: Math.min(Math.max(x, half), WIDTH - half),
      y: y + (isLow ? -1 : 1) * (RADIUS + size * 0.7),
    };
    pen.lineJoin = 'round';
    pen.lineWidth = 4 * this.#pagePixel;
    pen.strokeStyle = this.#colour('--card');
    pen.strokeText(text, place.x, place.y);
    pen.fillStyle = this.#colour('--text');
    pen.fillText(text, place.x, place.y);
  }

  #circle({ x, y }: Point, radius: number, { fill, stroke, width = 1, alpha = 1, dash = [] }: Circle): void {
    const pen = this.#pen;
    pen.globalAlpha = alpha;
    pen.setLineDash(dash);
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    if (fill) {
      pen.fillStyle = this.#colour(fill);
      pen.fill();
    }
    if (stroke) {
      pen.strokeStyle = this.#colour(stroke);
      pen.lineWidth = width;
      pen.stroke();
    }
    pen.globalAlpha = 1;
    pen.setLineDash([]);
  }

  /** In units of the arena. */
  get #pagePixel(): number {
    return this.#density / this.#scale;
  }

  #colour(name: string): string {
    return this.#styles.getPropertyValue(name);
  }
}

interface Circle {
  readonly fill?: string;
  readonly stroke?: string;
  readonly width?: number;
  readonly alpha?: number;
  readonly dash?: number[];
}

/** From the top of a disc, in units of the arena. */
const CROWN: readonly (readonly [x: number, y: number])[] = [
  [-15, -3],
  [-18, -20],
  [-8, -12],
  [0, -24],
  [8, -12],
  [18, -20],
  [15, -3],
];

function labelOf(peerId: number, { nameOf, awaySecOf, self, holder }: Scene): string {
  const isIt = peerId === holder;
  const awaySec = awaySecOf(peerId);
  if (peerId === self) return isIt ? 'you are it!' : 'you';
  if (awaySec !== null) return `${nameOf(peerId)}: away, ${awaySec} s`;
  return `${nameOf(peerId)}${isIt ? ' is it!' : ''}`;
}
