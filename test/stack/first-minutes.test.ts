import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePorts } from '../../tools/stack/ports.ts';

jest.setTimeout(120_000);

const root = path.resolve(__dirname, '..', '..');

let folder: string;
let ports: Awaited<ReturnType<typeof freePorts>>;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'online-match-first-'));
  ports = await freePorts();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What `npm start` says that ends by itself, without npm, in a checkout. */
async function start(checkout: string, args: string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(
    process.execPath,
    [path.join(checkout, 'tools', 'bootstrap.js'), 'tools/start', ...args],
    {
      env: { ...process.env, DATABASE_URL: '', NAKAMA_PORT: String(ports.api), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  const [code] = await once(child, 'close');
  expect(output).not.toMatch(/^\s+at /m);
  return { code, output };
}

describe('on a fresh checkout', () => {
  let fresh: string;

  beforeAll(() => {
    fresh = path.join(folder, 'fresh');
    for (const file of ['package.json', 'package-lock.json', 'tools'])
      cpSync(path.join(root, file), path.join(fresh, file), {
        recursive: true,
        filter: (source) => path.basename(source) !== 'node_modules',
      });
  });
  afterEach(() => expect(existsSync(path.join(fresh, 'node_modules'))).toBe(false));

  test('--help needs no packages', async () => {
    const { code, output } = await start(fresh, ['--help']);
    expect(code).toBe(0);
    expect(output).toMatch(/^npm start \[-- OPTIONS\]\n/);
  });

  test.each([
    ['an unknown option', ['--prot', '1'], "Unknown option '--prot'."],
    ['a wrong port', ['--port', 'x'], '--port is "x": allowed are whole numbers from 1024 to 65500.'],
    [
      'an address that is none',
      ['--host', 'here'],
      '--host is "here": allowed are addresses of this machine',
    ],
  ])('%s needs none either', async (_, args, sentence) => {
    const { code, output } = await start(fresh, args);
    expect(code).toBe(1);
    expect(output).toContain(`✗ ${sentence}`);
  });

  test('without a network it says so, and soon', async () => {
    const begun = Date.now();
    const { code, output } = await start(fresh, [], {
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_cache: path.join(folder, 'empty'),
    });
    expect(code).toBe(1);
    expect(output).toContain(
      '✗ The npm packages cannot be fetched: http://127.0.0.1:9/ does not answer (ECONNREFUSED).',
    );
    expect(Date.now() - begun).toBeLessThan(20_000);
  });
});

describe('before anything is built', () => {
  const settings = { ONLINE_MATCH_MAX_PLAYERS: '1000', ONLINE_MATCH_SEATS_SEC: '5' };

  test.each([
    [
      'an address of a database that is none',
      { DATABASE_URL: 'nonsense' },
      [],
      'DATABASE_URL is not the address',
    ],
    [
      'an unknown setting, and which is nearest',
      settings,
      [],
      'ONLINE_MATCH_SEATS_SEC is not a setting of this module; the nearest is ONLINE_MATCH_SEAT_SEC.',
    ],
    [
      'a wrong value',
      settings,
      [],
      'ONLINE_MATCH_MAX_PLAYERS is "1000": allowed are whole numbers from 2 to 64.',
    ],
    [
      'a reset of a database that is not its own',
      { DATABASE_URL: 'postgres://u:p@127.0.0.1:1/x' },
      ['--reset'],
      '--reset is for data that npm start keeps',
    ],
  ])('it names %s', async (_, env, args, sentence) => {
    const { code, output } = await start(root, ['--data', path.join(folder, 'data'), ...args], env);
    expect(code).toBe(1);
    expect(output).toContain(sentence);
    expect(output).not.toMatch(/^• (?!Installing)/m);
  });

  test('it names all ports that are taken', async () => {
    const others = [ports.console, ports.page].map((port) => createServer().listen(port, '127.0.0.1'));
    await Promise.all(others.map((other) => once(other, 'listening')));
    const { code, output } = await start(root, ['--data', path.join(folder, 'data')]);
    for (const other of others) other.close();
    expect(code).toBe(1);
    const taken = `${ports.console} (console), ${ports.page} (page)`;
    expect(output).toContain(`✗ Ports ${taken} are taken by other programs.`);
    expect(output).not.toMatch(/^• (?!Installing)/m);
  });

  test('it names all ports that are asked for twice', async () => {
    const same = ['--page-port', String(ports.api), '--database-port', String(ports.console)];
    const { output } = await start(root, ['--data', path.join(folder, 'data'), ...same]);
    expect(output).toContain(
      `✗ Ports are asked for twice: ${ports.console} (console and PostgreSQL), ${ports.api} (API and page).`,
    );
  });

  test('it says that Go is missing, and what to do', async () => {
    const onlyNode = path.join(folder, 'bin');
    mkdirSync(onlyNode);
    symlinkSync(process.execPath, path.join(onlyNode, 'node'));
    const { code, output } = await start(root, ['--data', path.join(folder, 'data')], {
      ...withoutNakama(),
      PATH: onlyNode,
    });
    expect(code).toBe(1);
    expect(output).toContain('is built with Go, and there is no Go on this machine.');
    expect(output).toMatch(/Install Go 1\.\d+\.\d+ or newer .* or set NAKAMA_BIN/);
  });

  test('it does not say so where only the module proxy cannot be reached', async () => {
    const { code, output } = await start(root, ['--data', path.join(folder, 'data')], {
      ...withoutNakama(),
      GOPROXY: 'http://127.0.0.1:9',
      GOMODCACHE: path.join(folder, 'modules'),
    });
    expect(code).toBe(1);
    expect(output).toMatch(
      /✗ \S+nakama\/v3@v3\S+ cannot be fetched from Go's module proxy: .*connection refused/,
    );
    expect(output).not.toContain('Install Go');
    expect(output).not.toContain('Building the');
  });
});

const withoutNakama = () => ({ NAKAMA_BIN: '', XDG_CACHE_HOME: path.join(folder, 'cache') });
