import { rmSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { projectDir, throwAwayDir } from '../../tools/stack/folders.ts';
import { nakamaBinary } from '../../tools/stack/nakama-binary.ts';
import type { Report } from '../../tools/stack/report.ts';
import { atEnd } from '../../tools/stack/servers.ts';
import { runCommand } from '../command.ts';
import { type Database, openDatabase } from './database.ts';
import { costTableOf } from './hostile/cost.ts';
import { type ChaosOptions, chaosHelp, chaosOptions } from './options.ts';
import { progressOn } from './progress.ts';
import { type Result, runScenario } from './run.ts';
import type { Scenario } from './scenario.ts';
import { tableOf } from './table.ts';
import { World } from './world.ts';

/** `npm run chaos`: breaks what breaks in the field, and checks what must hold then. */
export function main(args: string[]): Promise<void> {
  return runCommand(async (report) => {
    const options = chaosOptions(args);
    if (!options.help) return chaos(options, report);
    report.say(chaosHelp);
    return true;
  });
}

async function chaos(options: ChaosOptions, report: Report): Promise<boolean> {
  const { bundle, steadyRooms, seed } = options;
  const database = await provide(bundle, report);
  report.say(`• Seed ${seed}, ${steadyRooms} rooms that are played in all the while`);
  const modulePath = bundle === null ? {} : { modulePath: path.resolve(bundle) };
  const results = await runAll(options, report, (isAsShipped) =>
    World.start({ database, steadyRooms, isAsShipped, ...modulePath }),
  );

  report.say(`\n${tableOf(results)}`);
  const costs = results.flatMap((result) => result.costs);
  if (costs.length > 0) report.say(`\n${costTableOf(costs)}`);
  for (const { scenario, failure } of results) {
    if (failure === null) continue;
    report.say(`\n✗ ${scenario.name}: ${failure.reason}`);
    for (const line of failure.logged) report.say(`  Nakama: ${line.slice(0, 300)}`);
    report.say(`  again: npm run chaos -- --only ${scenario.name} --seed ${failure.seed} --minutes 0`);
  }
  const failed = results.filter(({ failure }) => failure !== null).length;
  report.say(`\n${results.length - failed} passed, ${failed} failed`);
  return failed === 0;
}

/** Where the support of the tests looks for a server and a database, and a fresh bundle. */
async function provide(bundle: string | null, report: Report): Promise<Database> {
  if (bundle === null) {
    const build = { cwd: projectDir, preferLocal: true };
    await report.step('Building the bundle', () => execa('rollup', ['--config', '--silent'], build));
  }
  process.env.NAKAMA_BIN = await nakamaBinary(report);
  const dir = throwAwayDir();
  atEnd(() => rmSync(dir, { recursive: true, force: true }));
  const database = await report.step('Starting PostgreSQL', () => openDatabase(dir));
  process.env.TEST_DATABASE_URL = database.url;
  return database;
}

/** Each scenario gets its share of the time; what one leaves of it, the others have. */
async function runAll(
  { only, seed, minutes }: ChaosOptions,
  report: Report,
  startWorld: (isAsShipped: boolean) => Promise<World>,
): Promise<Result[]> {
  const results: Result[] = [];
  const end = Date.now() + minutes * 60_000;
  const kindOf = ({ isAsShipped }: Scenario): boolean => isAsShipped ?? false;
  let world = await report.step('Starting Nakama', () => startWorld(kindOf(only[0] as Scenario)));
  const anotherWorld = async (isAsShipped: boolean) => {
    await world.stop();
    return startWorld(isAsShipped);
  };
  const progress = progressOn(report, only.length);
  for (const [i, scenario] of only.entries()) {
    const share = Math.max(0, end - Date.now()) / (only.length - i);
    const until = Date.now() + share;
    progress.show(i, scenario.name);
    if (world.isAsShipped !== kindOf(scenario)) world = await anotherWorld(kindOf(scenario));
    const result = await runScenario(world, scenario, seed, () => {
      progress.show(i + 1 - Math.max(0, until - Date.now()) / Math.max(1, share), scenario.name);
      return Date.now() >= until;
    });
    results.push(result);
    if (result.failure === null || i === only.length - 1) continue;
    // The next scenarios would only find what this one left.
    world = await anotherWorld(kindOf(scenario));
  }
  progress.end();
  await world.stop();
  return results;
}
