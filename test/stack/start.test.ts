import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePorts, isFree, portsOf } from '../../tools/stack/ports.ts';

const bootstrap = path.resolve(__dirname, '..', '..', 'tools', 'bootstrap.js');

let folder: string;
let ports: Awaited<ReturnType<typeof freePorts>>;
const running: ChildProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'online-match-start-'));
  chmodSync(folder, 0o755); // Root's PostgreSQL runs as another user.
  ports = await freePorts();
});

afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) await end(child, 'SIGTERM');
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Start {
  readonly child: ChildProcess;
  output(): string;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
}

/** `npm start`, without npm, in a process group of its own as a terminal has it. */
function start(env: NodeJS.ProcessEnv = {}, ...args: string[]): Start {
  const flags = ['--port', String(ports.api), '--data', path.join(folder, 'data'), ...args];
  const child = spawn(process.execPath, [bootstrap, 'tools/start', ...flags], {
    env: { ...process.env, DATABASE_URL: '', ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      text += chunk;
    });
  }
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, output: () => text, ended };
}

async function started(stack: Start): Promise<Start> {
  while (!stack.output().includes('is ready')) {
    if (stack.child.exitCode !== null) throw new Error(stack.output());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return stack;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const closed = once(child, 'close');
  process.kill(-(child.pid as number), signal);
  await closed;
}

/** The servers of the running stack. */
function servers(): number[] {
  const [, ...children] = JSON.parse(readFileSync(path.join(folder, 'data', 'running.json'), 'utf8'));
  return children.map(({ pid }: { pid: number }) => pid);
}

async function allGone(pids: readonly number[]): Promise<void> {
  expect(pids).toHaveLength(2);
  while (pids.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 50));
  for (const port of [...Object.values(portsOf(ports)), ports.database, ports.page]) {
    expect([port, await isFree(port)]).toEqual([port, true]);
  }
}

/** A process that ended but that nobody has waited for yet has no command line any more. */
function isAlive(pid: number): boolean {
  try {
    if (existsSync('/proc/self')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Signs the same device in; 404 where there is no account and none may be made. */
async function signIn(mayCreate: boolean): Promise<number> {
  const url = `http://127.0.0.1:${ports.api}/v2/account/authenticate/device?create=${mayCreate}`;
  const headers = { Authorization: `Basic ${Buffer.from('defaultkey:').toString('base64')}` };
  const { status } = await fetch(url, { method: 'POST', headers, body: '{"id":"a-device-of-this-test"}' });
  return status;
}

interface TurnServer {
  readonly username: string;
  readonly credential: string;
  readonly urls: readonly string[];
}

/** As the module names it to a caller. */
async function turnServer(): Promise<TurnServer | undefined> {
  const url = `http://127.0.0.1:${ports.api}/v2/rpc/get_ice_servers?unwrap&http_key=defaulthttpkey`;
  const answer = await fetch(url, { method: 'POST', body: '' });
  const { response } = (await answer.json()) as { response: { ice_servers: TurnServer[] } };
  return response.ice_servers.at(-1);
}

describe('npm start', () => {
  test('runs a stack that a second start leaves alone, keeps its data, and leaves no process behind', async () => {
    const first = await started(start());
    expect(await signIn(true)).toBe(200);
    expect((await fetch(`http://127.0.0.1:${ports.metrics}`)).status).toBe(200);
    const page = `http://127.0.0.1:${ports.page}`;
    expect(first.output()).toContain(page);
    expect(await (await fetch(page)).text()).toContain('<canvas');
    expect(await (await fetch(`${page}/config.json`)).json()).toEqual({ port: ports.api, key: 'defaultkey' });

    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`A stack on port ${ports.api} is already running`);

    const ofFirst = servers();
    await end(first.child, 'SIGINT');
    expect(first.child.exitCode).toBe(0);
    await allGone(ofFirst);

    const killed = await started(start());
    expect(await signIn(false)).toBe(200);
    const ofKilled = servers();
    process.kill(killed.child.pid as number, 'SIGKILL');
    await killed.ended;

    const after = await started(start());
    expect(await signIn(false)).toBe(200);
    expect(ofKilled.filter(isAlive)).toEqual([]);

    const ofAfter = servers();
    process.kill(ofAfter.at(-1) as number, 'SIGKILL');
    expect(await after.ended).toBe(1);
    expect(after.output()).toContain('Nakama ended by itself (signal SIGKILL)');
    await allGone(ofAfter);
  }, 240_000);

  test('runs a TURN server beside it when asked to, through which data goes with the logins that players get', async () => {
    const stack = await started(start({}, '--turn', '--data', path.join(folder, 'with-turn')));
    const { username, credential, urls } = (await turnServer()) as TurnServer;
    expect(urls).toEqual(['udp', 'tcp'].map((by) => `turn:127.0.0.1:${ports.api + 5}?transport=${by}`));
    const args = ['-u', username, '-w', credential, '-p', `${ports.api + 5}`, '-y', '-n', '1', '127.0.0.1'];
    expect((await promisify(execFile)('turnutils_uclient', args)).stdout).toMatch(/tot_recv_msgs=[1-9]/);
    await end(stack.child, 'SIGINT');
    expect(await isFree(ports.api + 5)).toBe(true);
  }, 240_000);

  test.each([
    ['a wrong option', ['--prot', '1'], {}, "Unknown option '--prot'."],
    ['a wrong port', ['--port', 'x'], {}, '--port is "x": allowed are whole numbers from 1024 to 65500.'],
    ['an address that is none', [], { DATABASE_URL: 'nonsense' }, 'DATABASE_URL is not the address'],
    ['a missing NAKAMA_BIN', [], { NAKAMA_BIN: '/nowhere' }, 'NAKAMA_BIN is /nowhere, and there is no such'],
    [
      'a database that is not there',
      [],
      { DATABASE_URL: 'postgres://u:p@127.0.0.1:1/x' },
      'The database migration failed: ',
    ],
    [
      'a wrong setting',
      [],
      { ONLINE_MATCH_MAX_PLAYERS: '1000' },
      'The module stopped the server: ONLINE_MATCH_MAX_PLAYERS is "1000": allowed are whole numbers from 2 to 64.',
    ],
  ])(
    'says in a sentence what is wrong with %s',
    async (_, args, env, sentence) => {
      const stack = start(env, ...args);
      expect(await stack.ended).toBe(1);
      expect(stack.output()).toContain(`✗ ${sentence}`);
      expect(stack.output()).not.toMatch(/^\s+at /m);
    },
    120_000,
  );

  test('says whose port is taken', async () => {
    const other = createServer().listen(ports.console, '127.0.0.1');
    await once(other, 'listening');
    const stack = start();
    expect(await stack.ended).toBe(1);
    expect(stack.output()).toContain(`✗ Port ${ports.console} (console) is taken by another program.`);
    other.close();
  }, 120_000);

  test('says that Go is missing, and what to do', async () => {
    const onlyNode = path.join(folder, 'bin');
    mkdirSync(onlyNode);
    symlinkSync(process.execPath, path.join(onlyNode, 'node'));
    const stack = start({ NAKAMA_BIN: '', PATH: onlyNode, XDG_CACHE_HOME: path.join(folder, 'cache') });
    expect(await stack.ended).toBe(1);
    expect(stack.output()).toContain('is built with Go, and there is no Go on this machine.');
    expect(stack.output()).toMatch(/Install Go 1\.\d+\.\d+ or newer .* or set NAKAMA_BIN/);
  }, 120_000);
});
