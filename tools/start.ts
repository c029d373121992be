import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { type StartOptions, startHelp, startOptions } from './options.js';
import { servePage } from './page.ts';
import { settingsFrom } from './settings.ts';
import { checkPorts } from './stack/check-ports.ts';
import { type Child, stopChildren } from './stack/child.ts';
import { provideCoturn, startCoturn } from './stack/coturn.ts';
import { givenDatabaseUrl } from './stack/database-url.ts';
import { projectDir, stackDir } from './stack/folders.ts';
import { Instance } from './stack/instance.ts';
import { linkRuntimeTypings, nakamaBinary, nakamaVersion } from './stack/nakama-binary.ts';
import { logEntryOf } from './stack/nakama-log.ts';
import { migrate, startNakama } from './stack/nakama-server.ts';
import { turnPortOf } from './stack/port-numbers.js';
import { startPostgres } from './stack/postgres.ts';
import { Problem } from './stack/problem.js';
import { Report } from './stack/report.ts';
import { removeData } from './stack/reset.ts';
import { stopSignal } from './stack/signals.ts';
import { serverKey, welcome } from './welcome.ts';

const report = new Report();

/** `npm start`: a Nakama with this module and everything it needs, until Ctrl-C. */
export async function main(args: string[]): Promise<void> {
  const stopped = stopSignal();
  const release: (() => void)[] = [];
  try {
    const options = startOptions(args, process.env);
    if (options.help) return report.say(startHelp);
    const signal = await Promise.race([run(options, release), stopped]);
    report.say(`\n• Stopping (${signal})`);
    await stopChildren();
    release.forEach((step) => void step());
    report.say('  stopped; the data stays for the next start, and npm start -- --reset removes it');
    process.exit(0);
  } catch (error) {
    await stopChildren();
    release.forEach((step) => void step());
    report.fail(error);
    process.exit(1);
  }
}

/** Starts the stack; never resolves, and rejects when a part of it fails or ends. */
async function run(options: StartOptions, release: (() => void)[]): Promise<never> {
  const { ports, host } = options;
  const givenDatabase = givenDatabaseUrl();
  const env = settingsFrom(process.env);
  if (options.reset && givenDatabase !== null)
    throw new Problem(
      '--reset is for data that npm start keeps, and DATABASE_URL names a database of yours.',
    );
  const dir = options.data === null ? stackDir(ports.api) : dataDir(options.data);
  const instance = await Instance.claim(dir, ports.api);
  release.push(() => instance.release());
  await checkPorts(ports, givenDatabase === null, options.turn);
  if (options.reset) await report.step(`Removing the data in ${dir}`, async () => removeData(dir));

  const binary = await nakamaBinary(report);
  await build('bundle');
  await build('page', 'demo/rollup.config.js');
  await linkRuntimeTypings().catch((error) =>
    report.say(`  (editors will not know the types of nkruntime: ${error.message})`),
  );

  const children: Child[] = [];
  const started = (child: Child) => {
    instance.add(child);
    children.push(child);
  };
  const databaseUrl =
    givenDatabase ?? (await report.step('Starting PostgreSQL', () => database(dir, ports.database, started)));
  await report.step('Migrating the database', () => migrate({ binary, databaseUrl, dataDir: dir }));
  const turn = options.turn ? await startTurn(dir, options) : null;
  if (turn !== null) started(turn.child);
  const log = nakamaLog(path.join(dir, 'nakama.log'), options.verbose);
  started(
    await report.step('Starting Nakama', () =>
      startNakama({
        binary,
        databaseUrl,
        dataDir: dir,
        ports,
        host,
        configFile: path.join(projectDir, 'local.yml'),
        modulePath: path.join(projectDir, 'build', 'index.js'),
        env: { ...turn?.settings, ...env },
        onLine: log.write,
      }),
    ),
  );
  const page = await servePage({ host, port: ports.page, nakama: { port: ports.api, key: serverKey() } });
  release.push(() => page.close());
  report.say(welcome({ version: nakamaVersion, host, ports, dir }));
  log.show();
  const [name, end] = await Promise.race(
    children.map(async (child) => [child.name, await child.ended] as const),
  );
  throw new Problem(`${name} ended by itself (${end}), so the rest was stopped too.`, `Its log: ${log.file}`);
}

async function startTurn(dir: string, { host, ports }: StartOptions) {
  await provideCoturn(report, '--turn needs');
  return report.step('Starting coturn', () => startCoturn(dir, host, turnPortOf(ports)));
}

function dataDir(given: string): string {
  const dir = path.resolve(given);
  try {
    mkdirSync(dir, { recursive: true });
  } catch (error) {
    throw new Problem(`The data folder ${dir} cannot be made: ${(error as Error).message}.`);
  }
  return dir;
}

async function build(what: string, ...args: string[]): Promise<void> {
  const { failed, all } = await report.step(`Building the ${what}`, () =>
    execa('rollup', ['--silent', '--config', ...args], {
      cwd: projectDir,
      preferLocal: true,
      all: true,
      reject: false,
      stdin: 'ignore',
    }),
  );
  if (all !== '') report.say(all.replace(/^/gm, '  '));
  if (failed) throw new Problem(`The ${what} could not be built: rollup says why above.`);
}

async function database(dir: string, port: number, started: (child: Child) => void): Promise<string> {
  const postgres = await startPostgres({ dir, port });
  started(postgres.child);
  return `${postgres.url}/nakama`;
}

/** Keeps the whole log in a file, and shows what matters once the stack is up. */
function nakamaLog(file: string, isVerbose: boolean) {
  const stream = createWriteStream(file);
  let isShown = isVerbose;
  const matters = (line: string) => {
    const entry = logEntryOf(line);
    return !entry || /^(warn|error|fatal)$/.test(entry.level) || entry.runtime !== undefined;
  };
  const write = (line: string) => {
    stream.write(`${line}\n`);
    if (!isShown || !(isVerbose || matters(line))) return;
    const { ts = '', level, msg, error } = logEntryOf(line) ?? { level: '', msg: line };
    report.say([ts.slice(11, 19), level, msg, error ?? ''].filter(Boolean).join('  '));
  };
  const show = () => {
    isShown = true;
  };
  return { file, write, show };
}
