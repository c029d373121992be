import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Document } from 'yaml';
import { addressesOf } from './addresses.ts';
import { type Child, startChild } from './child.ts';
import { failureOf, type LogEntry, sentenceOf } from './nakama-log.ts';
import type { Ports } from './port-numbers.js';
import { Problem } from './problem.js';

export interface NakamaOptions {
  /** The server's executable. */
  readonly binary: string;
  /** Where it may write: its `data_dir`. */
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly ports: Ports;
  /** Where the API listens; the console does on 127.0.0.1, and metrics on all addresses: Nakama has no setting for that. */
  readonly host?: string;
  /** A YAML file; null uses Nakama's own defaults. */
  readonly configFile: string | null;
  /** The JavaScript bundle. */
  readonly modulePath: string;
  /** Nakama flags without `--`, over what the file says. */
  readonly config?: Readonly<Record<string, string>>;
  /** `runtime.env`, key by key over what the file says. */
  readonly env?: Readonly<Record<string, string>>;
  readonly onLine?: (line: string) => void;
}

const usualHost = '127.0.0.1';
const startTimeoutMs = 60_000;
const pollMs = 50;

/** Brings the database up to the server's schema and creates it where it does not exist. */
export async function migrate(
  options: Pick<NakamaOptions, 'binary' | 'databaseUrl' | 'dataDir'>,
): Promise<void> {
  const secrets = writeSecrets(options.dataDir, { 'database.address': options.databaseUrl });
  const child = await startChild({
    name: 'nakama migrate',
    command: options.binary,
    args: ['migrate', 'up', '--config', secrets, '--logger.level', 'warn'],
    cwd: options.dataDir,
    env: environment(),
    stopSignal: 'SIGTERM',
  });
  const end = await child.ended;
  if (end === 'code 0') return;
  const failure = failureOf(child.lines);
  const why = failure ? `${failure.msg}${failure.error ? `: ${failure.error}` : ''}` : `it ended with ${end}`;
  throw new Problem(`The database migration failed: ${why.replace(/\s+/g, ' ')}.`);
}

/** Starts the server and waits until it answers its health check. */
export async function startNakama(options: NakamaOptions): Promise<Child> {
  const child = await startChild({
    name: 'Nakama',
    command: options.binary,
    args: flagsOf(options),
    cwd: options.dataDir,
    env: environment(),
    stopSignal: 'SIGTERM',
    ...(options.onLine && { onLine: options.onLine }),
  });
  const deadline = Date.now() + startTimeoutMs;
  while (!(await isHealthy(options))) {
    if (child.hasEnded()) {
      throw new Problem(explain(failureOf(child.lines), await child.ended));
    }
    if (Date.now() > deadline) {
      await child.stop();
      throw new Problem(`Nakama did not answer its health check within ${startTimeoutMs / 1000} s.`);
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  return child;
}

function flagsOf(options: NakamaOptions): string[] {
  const values: Record<string, string> = {
    data_dir: options.dataDir,
    'database.address': options.databaseUrl,
    'runtime.path': path.dirname(options.modulePath),
    'runtime.js_entrypoint': path.basename(options.modulePath),
    'socket.address': options.host ?? usualHost,
    'socket.port': String(options.ports.api),
    'console.address': usualHost,
    'console.port': String(options.ports.console),
    'metrics.prometheus_port': String(options.ports.metrics),
    'logger.format': 'json',
    ...options.config,
  };
  const entries = Object.entries(values);
  const secrets = Object.fromEntries(entries.filter(([key]) => isSecret(key)));
  const flags = [
    ...(options.configFile ? [['config', options.configFile]] : []),
    ['config', writeSecrets(options.dataDir, secrets, options.env)],
    ...entries.filter(([key]) => !isSecret(key)),
  ];
  // In one piece, because Go reads `--flag value` of a boolean flag as two arguments.
  return flags.map(([flag, value]) => `--${flag}=${value}`);
}

const isSecret = (key: string) => /^database\.address$|key$|password$/.test(key);

/** In a file for this user alone, since everybody on a machine can read command lines. */
function writeSecrets(
  dataDir: string,
  values: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): string {
  const document = new Document({});
  for (const [key, value] of Object.entries(values))
    document.setIn(key.split('.'), key === 'database.address' ? [value] : value);
  const settings = Object.entries(env).map(([key, value]) => `${key}=${value}`);
  if (settings.length > 0) document.setIn(['runtime', 'env'], settings);
  const file = path.join(dataDir, 'nakama.yml');
  rmSync(file, { force: true });
  writeFileSync(file, String(document), { mode: 0o600 });
  return file;
}

/** Nakama reports its use to its makers unless told otherwise; a developer's stack and tests do not. */
function environment(): NodeJS.ProcessEnv {
  return { NAKAMA_TELEMETRY: '0', ...process.env };
}

async function isHealthy({ host = usualHost, ports }: NakamaOptions): Promise<boolean> {
  try {
    const [address] = addressesOf(host);
    const answer = await fetch(`http://${address}:${ports.api}/healthcheck`, {
      signal: AbortSignal.timeout(1_000),
    });
    return answer.ok;
  } catch {
    return false;
  }
}

function explain(failure: LogEntry | null, end: string): string {
  if (!failure) return `Nakama ended with ${end} and said nothing.`;
  const error = sentenceOf(failure.error ?? '');
  if (failure.msg === 'Failed initializing runtime modules') return `The module stopped the server: ${error}`;
  return `Nakama ended with ${end}: ${failure.msg}${error ? `: ${error}` : ''}`;
}
