import { Controls } from './controls.ts';
import { byId } from './dom.ts';
import { Game, HEIGHT, WIDTH } from './game.ts';
import { Painter } from './painter.ts';
import type { Play } from './play.ts';

/** A longer frame is a tab that was in the background. */
const MAX_FRAME_SECONDS = 0.1;
const SOLO = { self: 0, holder: null, host: null, links: [], nameOf: () => '', awaySecOf: () => null };

/** Lets the game's time pass with each frame of the screen, and shows it; alone in the lobby, a disc to try the controls with. */
export class Stage {
  readonly #arena = byId('arena', HTMLCanvasElement);
  readonly #painter = new Painter(this.#arena);
  readonly #controls: Controls;
  readonly #solo = new Game();
  readonly #play: () => Play | null;
  #lastFrameMs = performance.now();

  constructor(play: () => Play | null) {
    this.#play = play;
    this.#controls = new Controls(this.#arena, () => {
      const { x, y } = this.#game.self;
      return { x: x / WIDTH, y: y / HEIGHT };
    });
    requestAnimationFrame((nowMs) => this.#frame(nowMs));
  }

  focus(): void {
    this.#arena.focus({ preventScroll: true });
  }

  get #game(): Game {
    return this.#play()?.game ?? this.#solo;
  }

  #frame(nowMs: number): void {
    const seconds = Math.min((nowMs - this.#lastFrameMs) / 1000, MAX_FRAME_SECONDS);
    this.#lastFrameMs = nowMs;
    const play = this.#play();
    this.#game.advance(seconds, this.#controls.direction);
    play?.report(nowMs);
    play?.match.tick();
    this.#painter.paint(play?.scene() ?? { ...SOLO, discs: this.#solo.discs }, nowMs);
    requestAnimationFrame((nextMs) => this.#frame(nextMs));
  }
}
