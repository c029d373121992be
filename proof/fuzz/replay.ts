import { readFileSync, writeFileSync } from 'node:fs';
import { Problem } from '../../tools/stack/problem.js';
import type { Frame } from './frame.ts';

/** A failure, as a file keeps it: everything that `--replay` needs to show it again. */
export interface Replay {
  readonly on: 'room' | 'real';
  /** What was found, for the reader. */
  readonly found: string;
  /** Of a room: the scene's details and the interleaving. */
  readonly variant: number;
  readonly frames: readonly Frame[];
}

export function writeReplay(file: string, replay: Replay): void {
  const frames = replay.frames.map((frame) => `  ${JSON.stringify(frame)}`).join(',\n');
  const { on, found, variant } = replay;
  const head = JSON.stringify({ on, found, variant }).slice(0, -1);
  writeFileSync(file, `${head},"frames":[\n${frames}\n]}\n`);
}

export function readReplay(file: string): Replay {
  try {
    const replay = JSON.parse(readFileSync(file, 'utf8')) as Replay;
    if (Array.isArray(replay.frames)) return replay;
  } catch (error) {
    throw new Problem(`${file} cannot be read: ${(error as Error).message}.`);
  }
  throw new Problem(`${file} is no replay of the fuzz: it has no frames.`);
}
