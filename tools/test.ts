import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { provideCoturn } from './stack/coturn.ts';
import { projectDir } from './stack/folders.ts';
import { linkRuntimeTypings } from './stack/nakama-binary.ts';
import { Problem } from './stack/problem.js';
import { Report } from './stack/report.ts';
import { atEnd, cleanUp, servers } from './stack/servers.ts';
import { stopSignal } from './stack/signals.ts';

const help = `npm test [-- JEST ARGUMENTS]

Checks what every change must pass: format and lint, types, the bundle, and the tests, on a real Nakama and PostgreSQL that it
starts on free ports and stops again.

  npm test -- test/room           only the tests under this path
  npm test -- --watch             again whenever a file changes

Environment:
  NAKAMA_BIN      a Nakama executable; else it is built once with Go
  DATABASE_URL    a PostgreSQL to use, postgresql://user:password@host:port/database; else one is started
`;

export const report = new Report();

/** What a command checks, and how it explains itself. */
export interface Plan {
  readonly help: string;
  check(args: string[]): Promise<Outcome>;
}

/** `npm test`: everything a change must pass. Ends with `N passed, N failed`. */
export async function main(args: string[], { help, check } = everything): Promise<void> {
  if (args.includes('--help')) return report.say(help);
  const outcome = await Promise.race([check(args), stopSignal()]).catch((error) => {
    report.fail(error);
    return { passed: 0, failed: 1 };
  });
  await cleanUp();
  if (typeof outcome === 'string') {
    report.say(`\n✗ The tests were stopped (${outcome}).`);
    process.exit(1);
  }
  report.say(`\n${outcome.passed} passed, ${outcome.failed} failed`);
  process.exit(outcome.failed > 0 || outcome.passed === 0 ? 1 : 0);
}

export interface Outcome {
  readonly passed: number;
  readonly failed: number;
}

const everything: Plan = { help, check: checkEverything };

async function checkEverything(args: string[]): Promise<Outcome> {
  await linkRuntimeTypings();
  // Its types are among those that are checked.
  await tool('Building the bundle', 'rollup', '--config', '--silent');
  await twoAtATime([
    () => tool('Checking format and lint', 'biome', 'check', '--error-on-warnings'),
    ...PROJECTS.map(
      (project) => () => tool(`Checking types of ${project}`, 'tsc', '-p', project, ...rememberedAs(project)),
    ),
  ]);
  const paths = args.filter((arg) => !arg.startsWith('-'));
  if (paths.length === 0 || paths.some((each) => each.includes('client'))) await provideCoturn(report);
  return jest(args, await servers(report));
}

const PROJECTS = [
  '.',
  'src',
  'src/room',
  'clients/web',
  'test/clients/web',
  'test/clients/godot',
  'proof',
  'demo',
  'test/demo',
  'test/browser',
];

async function twoAtATime(tasks: readonly (() => Promise<void>)[]): Promise<void> {
  const left = tasks.values();
  const work = async () => {
    for (const task of left) await task();
  };
  await Promise.all([work(), work()]);
}

/** What changed since the last time is checked, and what hangs on it. */
function rememberedAs(project: string): string[] {
  const file = `build/types/${project.replaceAll(/\W/g, '_')}.tsbuildinfo`;
  return ['--incremental', '--tsBuildInfoFile', file];
}

/** Runs one of the project's tools; its output is shown where it fails. */
export async function tool(title: string, command: string, ...args: string[]): Promise<void> {
  const { failed, all } = await report.step(title, () =>
    execa(command, args, { cwd: projectDir, preferLocal: true, all: true, reject: false, stdin: 'ignore' }),
  );
  if (failed) {
    report.say(all);
    throw new Problem(`${title} failed: ${command} ${args.join(' ')} says why above.`);
  }
  if (command === 'rollup' && all !== '') report.say(all.replace(/^/gm, '  '));
}

export async function jest(args: string[], env: Record<string, string>): Promise<Outcome> {
  const resultFile = path.join(tmpdir(), `online-match-jest-${process.pid}.json`);
  atEnd(() => rmSync(resultFile, { force: true }));
  const counter = path.join(projectDir, 'tools', 'jest-counts.js');
  const { exitCode } = await execa('jest', [...args, '--reporters=default', `--reporters=${counter}`], {
    cwd: projectDir,
    preferLocal: true,
    env: { ...env, RESULT_FILE: resultFile },
    reject: false,
    stdio: 'inherit',
  });
  if (!existsSync(resultFile)) throw new Problem(`jest did not run the tests (exit code ${exitCode}).`);
  const { passed, failed }: Outcome = JSON.parse(readFileSync(resultFile, 'utf8'));
  return { passed, failed: exitCode === 0 ? failed : Math.max(failed, 1) };
}
