import type { Frame } from '../frame.ts';
import { type Options, World } from './world.ts';

/** One run: a scene, and what the attackers do on it. */
export interface Script {
  /** Decides the scene's details and the interleaving of all that happens. */
  readonly variant: number;
  readonly frames: readonly Frame[];
}

/** @throws what was found wrong, with the number of the frame. */
export function play({ variant, frames }: Script, options: Options): void {
  const clock = Date.now;
  try {
    const world = new World(variant, options);
    Date.now = () => world.nowMs;
    frames.forEach((frame, index) => {
      try {
        world.act(frame);
      } catch (error) {
        throw new Error(`frame ${index + 1} of ${frames.length}: ${(error as Error).message}`);
      }
    });
    world.end();
  } finally {
    Date.now = clock;
  }
}
