import fc from 'fast-check';
import { frame } from '../frames.ts';
import type { Replay } from '../replay.ts';
import { kindOf, plainest, shrunk } from '../shrink.ts';
import { Tally } from '../tally.ts';
import { play, type Script } from './play.ts';
import type { Options } from './world.ts';

/** Frames on one scene: setting it costs as much as a few dozen of them. */
const FRAMES = { minLength: 200, maxLength: 400, size: 'max' } as const;
/** Scenes between two signs of life. */
const SCENES = 10;

const script: fc.Arbitrary<Script> = fc.record({
  variant: fc.nat(1_000_000),
  frames: fc.array(frame, FRAMES),
});

export interface RoomOptions extends Partial<Pick<Options, 'plant'>> {
  readonly frames: number;
  readonly seed: number;
  readonly onProgress?: (frames: number) => void;
  /** How often a failure may be tried again to make it small. */
  readonly shrinkRuns?: number;
}

export interface RoomOutcome {
  readonly frames: number;
  readonly tally: Tally;
  /** The first thing that was found, small. */
  readonly failure: Replay | null;
}

/** Fuzzes the module on the fake Nakama until so many frames have been sent, or something is found. */
export async function fuzzRoom(options: RoomOptions): Promise<RoomOutcome> {
  const { frames, seed, plant, onProgress, shrinkRuns = 1_000 } = options;
  const tally = new Tally();
  const seen = plant ? { tally, plant } : { tally };
  let sent = 0;
  for (let round = 0; sent < frames; round++) {
    const property = fc.property(script, (one) => {
      if (sent >= frames) return;
      play(one, seen);
      sent += one.frames.length;
    });
    const { failed, counterexample } = fc.check(property, {
      seed: seed + round,
      numRuns: SCENES,
      endOnFailure: true,
    });
    if (failed) {
      const [found] = counterexample as [Script];
      return { frames: sent, tally, failure: await smallest(found, plant, shrinkRuns) };
    }
    onProgress?.(Math.min(sent, frames));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { frames: sent, tally, failure: null };
}

/** Whole frames first, then what is in them. */
async function smallest(found: Script, plant: Options['plant'], maxRuns: number): Promise<Replay> {
  const { variant } = found;
  const options = { tally: new Tally(), ...(plant && { plant }) };
  const failureOf = (frames: Script['frames']) => {
    try {
      play({ variant, frames }, options);
      return null;
    } catch (error) {
      return (error as Error).message;
    }
  };
  const kind = kindOf(failureOf(found.frames) ?? '');
  const fails = (part: Script['frames']) => kindOf(failureOf(part) ?? '') === kind;
  const frames = await shrunk(found.frames, fails, maxRuns);
  const plainer = await plainest(frames, fails, maxRuns);
  return {
    on: 'room',
    variant,
    frames: plainer,
    found: failureOf(plainer) ?? 'nothing when it was tried again',
  };
}
