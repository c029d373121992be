import type { Point } from './game.ts';

const KEYS: { readonly [code: string]: Point } = {
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  KeyW: { x: 0, y: -1 },
  KeyS: { x: 0, y: 1 },
  KeyA: { x: -1, y: 0 },
  KeyD: { x: 1, y: 0 },
};

/**
 * Where the player wants to go: by keys while the arena has the focus, towards the mouse, or towards a finger that was put
 * on their disc. A finger anywhere else scrolls the page.
 */
export class Controls {
  readonly #arena: HTMLCanvasElement;
  readonly #held = new Set<string>();
  /** Where the player is, in parts of the arena's width and height. */
  readonly #self: () => Point;
  #pointer: Point | null = null;

  constructor(arena: HTMLCanvasElement, self: () => Point) {
    this.#arena = arena;
    this.#self = self;
    arena.addEventListener('keydown', (event) => {
      if (!(event.code in KEYS) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      this.#held.add(event.code);
    });
    arena.addEventListener('keyup', ({ code }) => this.#held.delete(code));
    arena.addEventListener('blur', () => this.#held.clear());
    const onTouch = (event: TouchEvent) => {
      if (event.touches.length === 1 && this.#isOnSelf(event.touches[0])) event.preventDefault();
    };
    arena.addEventListener('touchstart', onTouch, { passive: false });
    arena.addEventListener('pointerdown', (event) => {
      if (event.pointerType === 'touch' && !this.#isOnSelf(event)) return;
      arena.setPointerCapture(event.pointerId);
      this.#follow(event);
    });
    arena.addEventListener('pointermove', (event) => this.#pointer && this.#follow(event));
    for (const end of ['pointerup', 'pointercancel'] as const) {
      arena.addEventListener(end, () => {
        this.#pointer = null;
      });
    }
  }

  /** A vector of at most length 1. */
  get direction(): Point {
    const self = this.#self();
    if (this.#pointer !== null) {
      const { width, height } = this.#arena.getBoundingClientRect();
      return shortened({
        x: ((this.#pointer.x - self.x) * width) / NEAR_PX,
        y: ((this.#pointer.y - self.y) * height) / NEAR_PX,
      });
    }
    let sum = { x: 0, y: 0 };
    for (const code of this.#held) {
      const { x = 0, y = 0 } = KEYS[code] ?? {};
      sum = { x: sum.x + x, y: sum.y + y };
    }
    return shortened(sum);
  }

  #isOnSelf(touch: Pick<Touch, 'clientX' | 'clientY'> | undefined): boolean {
    if (touch === undefined) return false;
    const { left, top, width, height } = this.#arena.getBoundingClientRect();
    const { x, y } = this.#self();
    return Math.hypot(touch.clientX - left - x * width, touch.clientY - top - y * height) < GRIP_PX;
  }

  #follow({ clientX, clientY }: PointerEvent): void {
    const { left, top, width, height } = this.#arena.getBoundingClientRect();
    this.#pointer = { x: (clientX - left) / width, y: (clientY - top) / height };
  }
}

/** A finger takes hold of a disc within this. */
const GRIP_PX = 44;
/** Nearer than this to the finger, the player slows down. */
const NEAR_PX = 12;

function shortened({ x, y }: Point): Point {
  const length = Math.hypot(x, y);
  return length > 1 ? { x: x / length, y: y / length } : { x, y };
}
