import path from 'node:path';
import type { RealHost } from '../../kit/servers/real-nakama.ts';
import { projectDir } from '../../tools/stack/folders.ts';
import type { Report } from '../../tools/stack/report.ts';
import { servers } from '../../tools/stack/servers.ts';
import { tool } from '../../tools/test.ts';
import { runCommand } from '../command.ts';
import { type FuzzOptions, fuzzHelp, fuzzOptions } from './options.ts';
import { Progress } from './progress.ts';
import { fuzzReal, leftoversOn, playReal, startHost } from './real/run.ts';
import { type Replay, readReplay, writeReplay } from './replay.ts';
import { play } from './room/play.ts';
import { fuzzRoom } from './room/run.ts';
import { Tally } from './tally.ts';

/** `npm run fuzz`. Ends with exit code 1 where something was found. */
export function main(args: string[]): Promise<never> {
  return runCommand(async (report) => {
    const options = fuzzOptions(args);
    if (options.help) {
      report.say(fuzzHelp);
      return true;
    }
    return options.replay === null ? fuzz(report, options) : replay(report, options.replay);
  });
}

async function fuzz(report: Report, options: FuzzOptions): Promise<boolean> {
  const { frames, real, seed } = options;
  report.say(`• Fuzzing with seed ${seed}`);
  const onRoom = frames === 0 ? null : await fuzzTheRoom(report, frames, seed);
  if (onRoom !== null) return failed(report, onRoom, options);
  if (real > 0 && !(await fuzzTheServer(report, options))) return false;
  report.say(`\n✓ Nothing was found with seed ${seed}.`);
  return true;
}

async function fuzzTheServer(report: Report, options: FuzzOptions): Promise<boolean> {
  const { real: frames, seed } = options;
  const host = await server(report);
  const progress = new Progress('On a real Nakama', frames);
  const { failure, ...outcome } = await fuzzReal(host, { frames, seed, onProgress: (n) => progress.at(n) });
  progress.end();
  tell(report, 'real', outcome.frames, progress.rateAt(outcome.frames), outcome.tally);
  report.say(`  The server took ${outcome.memory.join(', ')} MB, after each scene.`);
  const leftovers = failure === null ? await leftoversOn(host, outcome.memory) : null;
  await host.stop();
  if (leftovers !== null) report.say(`\n✗ Seed ${seed}: ${leftovers}`);
  return failure === null ? leftovers === null : failed(report, failure, options);
}

async function server(report: Report): Promise<RealHost> {
  await tool('Building the bundle', 'rollup', '--config', '--silent');
  Object.assign(process.env, await servers(report));
  return report.step('Starting Nakama', startHost);
}

async function fuzzTheRoom(report: Report, frames: number, seed: number): Promise<Replay | null> {
  const progress = new Progress('On a fake Nakama', frames);
  const {
    frames: sent,
    tally,
    failure,
  } = await fuzzRoom({ frames, seed, onProgress: (n) => progress.at(n) });
  progress.end();
  tell(report, 'fake', sent, progress.rateAt(sent), tally);
  return failure;
}

function tell(report: Report, kind: string, sent: number, rate: number, tally: Tally): void {
  report.say(`\n${sent} frames on a ${kind} Nakama, ${rate} a second, and what they reached:`);
  for (const line of tally.lines) report.say(`  ${line}`);
  const { bytes, frame } = tally.largestAnswer;
  if (bytes > 0) report.say(`  Most was sent for ${frame}: ${bytes} bytes.`);
}

function failed(report: Report, failure: Replay, { seed, output }: FuzzOptions): false {
  const file = path.resolve(projectDir, output);
  writeReplay(file, failure);
  report.say(`\n✗ Seed ${seed}: ${failure.found}`);
  report.say(
    `  ${failure.frames.length} frames show it: npm run fuzz -- --replay ${path.relative(projectDir, file)}`,
  );
  return false;
}

async function replay(report: Report, file: string): Promise<boolean> {
  const known = readReplay(file);
  report.say(`• Playing ${known.frames.length} frames again, which once showed: ${known.found}`);
  const found = known.on === 'real' ? await replayOnServer(report, known) : replayOnRoom(known);
  report.say(found === null ? '✓ They show nothing now.' : `✗ ${found}`);
  return found === null;
}

function replayOnRoom(known: Replay): string | null {
  try {
    play(known, { tally: new Tally() });
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

async function replayOnServer(report: Report, { variant, frames }: Replay): Promise<string | null> {
  const host = await server(report);
  const found = await playReal(host, variant, frames, new Tally());
  await host.stop();
  return found?.what ?? null;
}
