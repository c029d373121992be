import fc from 'fast-check';
import { RealHost } from '../../../kit/servers/real-nakama.ts';
import { usageOf } from '../../bench/process.ts';
import type { Frame } from '../frame.ts';
import { frame } from '../frames.ts';
import type { Replay } from '../replay.ts';
import { kindOf, shrunk } from '../shrink.ts';
import { Tally } from '../tally.ts';
import { complaintsIn, RealWorld } from './world.ts';

/** Frames on one scene, and between two looks at the guards. */
const SCENE = 2_000;
const BATCH = 250;
const SHRINK_RUNS = 40;
const SHRINK_MS = 90_000;

/** Small bounds, so that rooms come and go. */
const ENV = {
  ONLINE_MATCH_SEAT_SEC: '4',
  ONLINE_MATCH_CREATOR_SEC: '6',
  ONLINE_MATCH_EMPTY_SEC: '5',
  ONLINE_MATCH_UNJOINED_SEC: '5',
  ONLINE_MATCH_HELD_MESSAGES: '8',
};

export interface RealOptions {
  readonly frames: number;
  readonly seed: number;
  readonly onProgress?: (frames: number) => void;
}

export interface RealOutcome {
  readonly frames: number;
  readonly tally: Tally;
  readonly failure: Replay | null;
  /** What the server's process took after each scene, in MB. */
  readonly memory: readonly number[];
}

export const startHost = () => RealHost.start({ env: ENV, config: { 'logger.level': 'info' } });

/** Fuzzes a real server until so many frames have been sent, or something is found. */
export async function fuzzReal(
  host: RealHost,
  { frames, seed, onProgress }: RealOptions,
): Promise<RealOutcome> {
  const tally = new Tally();
  const memory: number[] = [];
  for (let sent = 0; sent < frames; ) {
    const count = Math.min(SCENE, frames - sent);
    const ofScene = fc.sample(frame, { numRuns: count, seed: seed + sent });
    const found = await playReal(host, seed + sent, ofScene, tally, (done) => onProgress?.(sent + done));
    if (found !== null) {
      return { frames: sent, tally, memory, failure: await smallest(host, seed + sent, ofScene, found) };
    }
    sent += count;
    const { memoryKb } = await usageOf(host.server.pid);
    memory.push(Math.round(memoryKb / 1024));
  }
  return { frames, tally, memory, failure: null };
}

/** Plays frames on a scene of their own; what was found, and by how many of them. */
export async function playReal(
  host: RealHost,
  variant: number,
  frames: readonly Frame[],
  tally: Tally,
  onProgress: (frames: number) => void = () => {},
): Promise<{ readonly what: string; readonly frames: number } | null> {
  const world = await RealWorld.open(host, variant, tally);
  const before = new Set(host.server.log());
  for (let at = 0; at < frames.length; at += BATCH) {
    try {
      await world.act(frames.slice(at, at + BATCH));
      await world.check();
      const [complaint] = complaintsIn(host.server.log().filter((line) => !before.has(line)));
      if (complaint !== undefined) throw new Error(`logged: ${complaint.slice(0, 600)}`);
    } catch (error) {
      world.close();
      return { what: (error as Error).message, frames: at + BATCH };
    }
    onProgress(Math.min(at + BATCH, frames.length));
  }
  world.close();
  return null;
}

async function smallest(
  host: RealHost,
  variant: number,
  frames: readonly Frame[],
  found: { readonly what: string; readonly frames: number },
): Promise<Replay> {
  console.log(`  Found: ${found.what}; making it small`);
  const suspects = frames.slice(0, found.frames);
  const deadline = Date.now() + SHRINK_MS;
  const fails = async (part: readonly Frame[]) => {
    if (Date.now() > deadline) return false;
    const again = await playReal(host, variant, part, new Tally());
    return again !== null && kindOf(again.what) === kindOf(found.what);
  };
  const small = await shrunk(suspects, fails, SHRINK_RUNS);
  return { on: 'real', variant, frames: small, found: found.what };
}

const PATIENCE_MS = 30_000;
/** More than a server that is warm, and rooms that wait for their end, can account for. */
const GROWTH = 2;
const SLACK_MB = 150;

/** What should be gone once everybody is: rooms, and the memory that they took. Null when all of it is. */
export async function leftoversOn(
  host: RealHost,
  [first = 0, ...later]: readonly number[],
): Promise<string | null> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let rooms = await host.listMatches(); rooms.length > 0; rooms = await host.listMatches()) {
    if (Date.now() > deadline) return `${rooms.length} rooms have not ended: ${rooms[0]?.label}`;
    await new Promise((resume) => setTimeout(resume, 500));
  }
  const last = later.at(-1) ?? first;
  const most = first * GROWTH + SLACK_MB;
  return last <= most ? null : `the server takes ${last} MB, after ${first} MB in the beginning`;
}
