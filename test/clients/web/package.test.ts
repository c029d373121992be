import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import resolve from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { type Server, startServer } from '../../../kit/servers/server.ts';

jest.setTimeout(60_000);

const root = path.resolve(__dirname, '..', '..', '..');
const modules = path.join(root, 'node_modules');

/** A game's folder, in which the packed library lies beside the packages that its README names. */
let game: string;
let installed: string;

beforeAll(() => {
  game = mkdtempSync(path.join(tmpdir(), 'online-match-game-'));
  installed = path.join(game, 'node_modules', '@online-match', 'client');
  const pack = ['pack', '--silent', '--pack-destination', game];
  execFileSync('npm', pack, { cwd: path.join(root, 'clients', 'web'), stdio: 'pipe' });
  write('package.json', '{"type":"module"}');
  const tarball = readdirSync(game).find((name) => name.endsWith('.tgz')) as string;
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1'], { cwd: game });
  for (const name of ['@heroiclabs', '@roamhq', '@types', 'ws'])
    symlinkSync(path.join(modules, name), path.join(game, 'node_modules', name));
});
afterAll(() => rmSync(game, { recursive: true, force: true }));

/** The README's examples in a language, in their order. */
function examplesIn(language: string): string[] {
  const readme = readFileSync(path.join(installed, 'README.md'), 'utf8');
  const blocks = readme.matchAll(/^```(\w+)\n(.*?)^```$/gms);
  return [...blocks].filter((block) => block[1] === language).map((block) => block[2] as string);
}

function write(name: string, text: string): void {
  writeFileSync(path.join(game, name), text);
}

async function bundled(code: string): Promise<string> {
  write('entry.mjs', code);
  const bundle = await rollup({
    input: path.join(game, 'entry.mjs'),
    plugins: [resolve({ browser: true })],
    logLevel: 'silent',
  });
  const { output } = await bundle.generate({ format: 'es' });
  return output[0].code;
}

describe('the package', () => {
  test('has one module, its types, the README and nothing of the server', () => {
    const files = readdirSync(installed, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(installed, path.join(entry.parentPath, entry.name)));
    const types = files.filter((file) => file.startsWith('build/types/'));
    expect(files.filter((file) => !types.includes(file)).sort()).toEqual([
      'README.md',
      'build/index.js',
      'package.json',
    ]);
    expect(
      types.every((file) =>
        /^build\/types\/(clients\/web\/src|src\/protocol(\/[\w-]+)?)\/[\w-]+\.d\.ts$/.test(file),
      ),
    ).toBe(true);
    const code = readFileSync(path.join(installed, 'build', 'index.js'), 'utf8');
    expect(code).not.toMatch(/^import |nkruntime|InitModule/m);
  });

  test('asks for nakama-js as a peer and for nothing else', () => {
    const manifest = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8'));
    const { devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    const tested = devDependencies['@heroiclabs/nakama-js'];
    expect(manifest.peerDependencies).toEqual({ '@heroiclabs/nakama-js': `^${tested}` });
    expect(manifest.dependencies).toBeUndefined();
  });

  test('lets a bundler leave out what a game does not use', async () => {
    const all = await bundled(`export * from '@online-match/client';`);
    const one = await bundled(`export { OnlineMatchError } from '@online-match/client';`);
    const none = await bundled(
      `import '@online-match/client'; import { OnlineMatch } from '@online-match/client';`,
    );
    expect(all).toContain('RTCPeerConnection');
    expect(one).toContain('class OnlineMatchError');
    expect(one.length).toBeLessThan(all.length / 40);
    expect(none.trim()).toBe('');
  });

  test('type-checks its README’s examples, as strictly as can be, and what must not be', () => {
    const [browser = '', rooms = '', back = '', godot = ''] = examplesIn('ts');
    write('browser.ts', browser);
    write('rooms.ts', `${roomsContext}${rooms}`);
    write('back.ts', `${backContext}${back}`);
    write('godot.ts', `import type { OnlineMatch } from '@online-match/client';\n${godotContext}${godot}`);
    write('wrong.ts', wrong);
    write(
      'tsconfig.json',
      JSON.stringify({
        compilerOptions,
        files: ['browser.ts', 'rooms.ts', 'back.ts', 'godot.ts', 'wrong.ts'],
      }),
    );
    const { stdout } = spawnSync(path.join(modules, '.bin', 'tsc'), ['-p', '.'], {
      cwd: game,
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
  });
});

const roomsContext = `
import type { Socket } from '@heroiclabs/nakama-js';
import { invitationIn, type OnlineMatch } from '@online-match/client';
declare const socket: Socket;
declare const match: OnlineMatch;
declare const friend: string;
declare function show(matchId: string, text: string): void;
`;
const backContext = `
import type { Client } from '@heroiclabs/nakama-js';
import { OnlineMatch, Tab } from '@online-match/client';
declare const client: Client;
declare const id: string;
declare function show(text: string): void;
declare function hide(): void;
declare function restore(data: Uint8Array): void;
`;
const godotContext = 'declare const match: OnlineMatch;\ndeclare const peerId: number;\n';

const compilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  module: 'NodeNext',
  moduleDetection: 'force',
  target: 'ES2022',
  lib: ['ES2022', 'DOM'],
  types: [],
};

const wrong = `
import { type Socket } from '@heroiclabs/nakama-js';
import { OnlineMatch, type Player } from '@online-match/client';
declare const socket: Socket;
const match = new OnlineMatch(socket, { useNetworkRelay: 'forced' });
const players: readonly Player[] = match.players;
// @ts-expect-error: no such event
match.on('matchRedy', () => {});
// @ts-expect-error: no such relay
new OnlineMatch(socket, { useNetworkRelay: 'sometimes' });
// @ts-expect-error: players are not to be changed
players.pop();
`;

describe('the README’s example for Node', () => {
  let server: Server;
  const running: ChildProcess[] = [];

  beforeAll(async () => {
    server = await startServer();
  }, 60_000);
  afterAll(async () => {
    for (const child of running) child.kill('SIGKILL');
    await server?.stop();
  });

  /** The lines that it prints. */
  function play(...args: string[]): AsyncIterator<string> {
    const child = spawn(process.execPath, ['play.mjs', ...args], {
      cwd: game,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.push(child);
    return createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  }

  test('plays as it stands', async () => {
    const [example = ''] = examplesIn('js');
    const here = [`'${server.serverKey}'`, `'${server.host}'`, `'${server.port}'`].join(', ');
    write('play.mjs', example.replace("'defaultkey', '127.0.0.1', '7350'", here));
    expect(example).toContain("'defaultkey', '127.0.0.1', '7350'");

    const host = play();
    const id = (await host.next()).value as string;
    const guest = play(id);
    expect((await host.next()).value).toBe('player 2: hello');
    expect((await guest.next()).value).toBe('player 1: hello');
  });
});
