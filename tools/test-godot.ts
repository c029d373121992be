import path from 'node:path';
import { execa } from 'execa';
import { godotBinary } from './godot/engine.ts';
import { webrtcExtension } from './godot/extension.ts';
import { type Lint, linters } from './godot/linters.ts';
import { provideCoturn } from './stack/coturn.ts';
import { projectDir } from './stack/folders.ts';
import { Problem } from './stack/problem.js';
import { servers } from './stack/servers.ts';
import { jest, type Outcome, report, main as run, tool } from './test.ts';

const help = `npm run test:godot [-- JEST ARGUMENTS]

Checks the Godot addon: format and lint of its scripts, their warnings, its unit tests, and games in real Godots with
real WebRTC, on a real Nakama and PostgreSQL that it starts on free ports and stops again.

  npm run test:godot -- test/clients/godot/ready                only the tests under this path, without those in GDScript
  npm run test:godot -- test/clients/godot/ready --times 20     so many times in a row

Environment:
  GODOT_BIN       the executable of a Godot 4.2 or newer; else Debian's is fetched into the user's cache folder
  GODOT_RTC       a .gdextension with WebRTC, as webrtc-native has one; else one is built once with Cargo
  NAKAMA_BIN, DATABASE_URL   as for npm test
`;

/**
 * `npm run test:godot`: the addon, as games have it. Ends with `N passed, N failed`. Where Godot cannot be had, it says
 * so; that is a failure only with `CI` set.
 */
export async function main(args: string[]): Promise<void> {
  if (args.includes('--help')) return report.say(help);
  try {
    const [GODOT_BIN, GODOT_RTC, lint] = await Promise.all([
      godotBinary(report),
      webrtcExtension(report),
      linters(report),
      provideCoturn(report),
    ]);
    return run(args, { help, check: (rest) => check(rest, { GODOT_BIN, GODOT_RTC }, lint) });
  } catch (problem) {
    report.fail(problem);
    if (process.env.CI || !(problem instanceof Problem)) process.exit(1);
    report.say('\nThe Godot addon was not tested.');
  }
}

type Tools = Readonly<Record<'GODOT_BIN' | 'GODOT_RTC', string>>;

const project = path.join(projectDir, 'clients', 'godot');
const tests = path.join(projectDir, 'test', 'clients', 'godot');

async function check(args: string[], env: Tools, lint: Lint): Promise<Outcome> {
  const { times, rest } = timesIn(args);
  const isPart = rest.some((arg) => !arg.startsWith('-'));
  const [given] = await Promise.all([
    servers(report),
    importProject(env.GODOT_BIN),
    tool('Building the bundle', 'rollup', '--config', '--silent'),
    ...(isPart ? [] : [checkStyle(lint)]),
  ]);
  const outcomes = await Promise.all([
    ...(isPart ? [] : [unitTests(env)]),
    games(times, ['--config=jest.godot.config.js', ...rest], { ...given, ...env }),
  ]);
  return outcomes.reduce(sumOf);
}

/** `--times N` of the arguments, which jest does not know. */
function timesIn(args: readonly string[]): { readonly times: number; readonly rest: string[] } {
  const at = args.indexOf('--times');
  if (at === -1) return { times: 1, rest: [...args] };
  const times = Number(args[at + 1]);
  if (!Number.isInteger(times) || times < 1) throw new Problem('--times is followed by a number from 1.');
  return { times, rest: args.filter((_, index) => index !== at && index !== at + 1) };
}

/** Whatever fails, the next run follows: what is a race shows itself only now and then. */
async function games(times: number, args: string[], env: Record<string, string>): Promise<Outcome> {
  let all: Outcome = { passed: 0, failed: 0 };
  for (let run = 1; run <= times; run++) {
    if (times > 1) report.say(`\nRun ${run} of ${times}: ${all.passed} passed, ${all.failed} failed before`);
    all = sumOf(all, await jest(args, env));
  }
  return all;
}

function sumOf(one: Outcome, other: Outcome): Outcome {
  return { passed: one.passed + other.passed, failed: one.failed + other.failed };
}

async function checkStyle(lint: Lint): Promise<void> {
  const folders = [project, tests];
  await report.step('Checking format and lint of GDScript', async () => {
    for (const [module, ...args] of [['formatter', '--check'], ['linter']] as const) {
      const { failed, all } = await lint(module, project, [...args, ...folders]);
      if (!failed) continue;
      report.say(all);
      throw new Problem(
        'Format or lint of GDScript is not as it should be.',
        'gdformat (PyPI gdtoolkit) mends the format.',
      );
    }
  });
}

/** Finds the project's classes, without which its scripts do not run outside of the editor. */
async function importProject(godot: string): Promise<void> {
  const { failed, all } = await report.step('Importing the Godot project', () =>
    execa(godot, ['--headless', '--path', project, '--import'], {
      all: true,
      reject: false,
      stdin: 'ignore',
    }),
  );
  if (!failed && !/^(SCRIPT )?ERROR/m.test(all)) return;
  report.say(all.replace(/^.*\[.*%.*\n/gm, ''));
  throw new Problem('The Godot project cannot be imported: Godot says why above.');
}

/** Those in GDScript; each line is a test's, and the last has the counts. */
async function unitTests({ GODOT_BIN, GODOT_RTC }: Tools): Promise<Outcome> {
  const args = [
    '--headless',
    '--path',
    project,
    '--script',
    path.join(tests, 'unit', 'run.gd'),
    '--',
    GODOT_RTC,
  ];
  const { all } = await report.step('Running the unit tests in Godot', () =>
    execa(GODOT_BIN, args, { all: true, reject: false, stdin: 'ignore', timeout: unitTestsMs }),
  );
  report.say(all);
  const [, passed, failed] = /^(\d+) passed, (\d+) failed$/m.exec(all) ?? [];
  if (passed === undefined) throw new Problem('Godot did not run the unit tests: it says why above.');
  return { passed: Number(passed), failed: Number(failed) };
}

const unitTestsMs = 240_000;
