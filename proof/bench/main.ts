import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { projectDir } from '../../tools/stack/folders.ts';
import { Problem } from '../../tools/stack/problem.js';
import type { Report } from '../../tools/stack/report.ts';
import { servers } from '../../tools/stack/servers.ts';
import { runCommand } from '../command.ts';
import { comingBack } from './coming-back.ts';
import { connect } from './connect/connect.ts';
import { dearest } from './dearest.ts';
import { documentOf, type Result, type Run, summaryOf } from './document.ts';
import { hop } from './hop.ts';
import { listing } from './listing.ts';
import { machine, measured } from './machine.ts';
import { mesh } from './mesh.ts';
import { type BenchOptions, benchHelp, benchOptions } from './options.ts';
import { roomCost } from './room-cost.ts';
import { lostInRooms } from './targets.ts';

const measures = [connect, hop, mesh, roomCost, dearest, listing, comingBack];

/** `npm run bench`: this module beside what else a game could signal over. */
export function main(args: string[]): Promise<void> {
  return runCommand(async (report) => {
    const options = benchOptions(args);
    if (options.help) {
      report.say(benchHelp);
      return true;
    }
    return bench(options, report);
  });
}

async function bench(options: BenchOptions, report: Report): Promise<boolean> {
  await build(report);
  Object.assign(process.env, await servers(report));
  const run: Run = { quick: options.quick, of: measured() };
  const results: Result[] = [];
  for (const measure of measures.filter(({ name }) => options.only.includes(name))) {
    report.say(`• ${measure.title}`);
    const say = (line: string) => report.say(`  ${line}`);
    results.push({ measure, figures: await measure.run({ quick: options.quick, say }) });
  }
  report.say(`\n${summaryOf(results, run)}\n`);
  write(options, results, run);
  const lost = lostInRooms(results.flatMap(({ figures }) => figures));
  if (lost > 0) report.fail(new Problem(`${lost} messages through rooms of this module were lost.`));
  return lost === 0;
}

async function build(report: Report): Promise<void> {
  const { failed, all } = await report.step('Building the bundle', () =>
    execa('rollup', ['--silent', '--config'], {
      cwd: projectDir,
      preferLocal: true,
      all: true,
      reject: false,
      stdin: 'ignore',
    }),
  );
  if (failed) throw new Problem(`The bundle could not be built: ${all}`);
}

function write({ json, markdown, quick }: BenchOptions, results: readonly Result[], run: Run): void {
  if (markdown !== null) {
    const file = path.resolve(markdown);
    const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
    writeFileSync(file, documentOf(measures, results, run, before));
  }
  if (json === null) return;
  const found = results.map(({ measure, figures }) => ({ name: measure.name, figures }));
  writeFileSync(
    path.resolve(json),
    `${JSON.stringify({ machine: machine(), quick, measures: found }, null, 2)}\n`,
  );
}
