import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { SourceMap, type SourceMapping } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { runInNewContext } from 'node:vm';
import resolve from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { type Server, startServer } from '../../../kit/servers/server.ts';
import { buildClient } from '../../../tools/release/build.ts';
import { npmPack } from '../../../tools/release/pack.ts';
import { clientFiles } from '../../../tools/release/products.ts';

jest.setTimeout(60_000);

const root = path.resolve(__dirname, '..', '..', '..');
const modules = path.join(root, 'node_modules');

/** A game's folder, in which the packed library lies beside the packages that its README names. */
let game: string;
let installed: string;

beforeAll(async () => {
  game = mkdtempSync(path.join(tmpdir(), 'online-match-game-'));
  installed = path.join(game, 'node_modules', '@online-match', 'client');
  const build = path.join(game, 'build');
  await buildClient(build);
  await npmPack(clientFiles(build), game);
  rmSync(build, { recursive: true });
  write('package.json', '{"type":"module"}');
  const tarball = readdirSync(game).find((name) => name.endsWith('.tgz')) as string;
  // Without its peer, which the links below are.
  const flags = ['--offline', '--legacy-peer-deps', '--no-audit', '--no-fund', '--silent'];
  execFileSync('npm', ['install', ...flags, `./${tarball}`], { cwd: game, stdio: 'pipe' });
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
  test('has modules, scripts, their maps and types, and nothing of the server', () => {
    const files = readdirSync(installed, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(installed, path.join(entry.parentPath, entry.name)));
    const types = files.filter((file) => file.startsWith('build/types/'));
    const built = ['index.js', 'index.min.js', 'online-match.js', 'online-match.min.js'];
    expect(files.filter((file) => !types.includes(file)).sort()).toEqual(
      [
        'LICENSE',
        'README.md',
        'package.json',
        ...built.flatMap((file) => [`build/${file}`, `build/${file}.map`]),
      ].sort(),
    );
    expect(
      types.every((file) =>
        /^build\/types\/(clients\/web\/src|src\/protocol(\/[\w-]+)?)\/[\w-]+\.d\.ts$/.test(file),
      ),
    ).toBe(true);
    for (const file of built) {
      const code = readFileSync(path.join(installed, 'build', file), 'utf8');
      expect(code).not.toMatch(/^import |nkruntime|InitModule/m);
      expect(code.trimEnd().split('\n').at(-1)).toBe(`//# sourceMappingURL=${file}.map`);
    }
  });

  test('has source maps that lead from a line of each build to the source', () => {
    for (const name of ['index.js', 'index.min.js', 'online-match.js', 'online-match.min.js']) {
      const file = path.join(installed, 'build', name);
      const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
      const lines = readFileSync(file, 'utf8').split('\n');
      const sentence = 'There is no match yet: make one or join one first.';
      const line = lines.findIndex((text) => text.includes(sentence));
      const entry = map.findEntry(line, lines[line]?.indexOf(sentence) ?? -1) as SourceMapping;
      const source = path.resolve(root, 'clients', 'web', 'build', entry.originalSource);
      expect(source).toBe(path.join(root, 'clients', 'web', 'src', 'errors.ts'));
      expect(readFileSync(source, 'utf8').split('\n')[entry.originalLine]).toContain(sentence);
    }
  });

  test('gives the same, minified or not, as a module and as a script', async () => {
    const names = ['OnlineMatch', 'OnlineMatchError', 'Tab', 'invitationIn'];
    write(
      'names.mjs',
      `for (const name of ['@online-match/client', '@online-match/client/min'])
         console.log(Object.keys(await import(name)).sort().join());`,
    );
    const said = execFileSync(process.execPath, ['names.mjs'], { cwd: game, encoding: 'utf8' });
    expect(said.trim().split('\n')).toEqual([names.join(), names.join()]);
    for (const name of ['online-match.js', 'online-match.min.js']) {
      const page: Record<string, Record<string, unknown>> = {};
      runInNewContext(readFileSync(path.join(installed, 'build', name), 'utf8'), page);
      expect(Object.keys(page)).toEqual(['onlineMatch']);
      expect(Object.keys(page.onlineMatch ?? {}).sort()).toEqual(names);
    }
    const sizeOf = (name: string) => statSync(path.join(installed, 'build', name)).size;
    expect(sizeOf('index.min.js')).toBeLessThan(sizeOf('index.js') / 2);
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

  test.each([
    [
      'the oldest TypeScript that it promises',
      'tools/api/node_modules/typescript/bin/tsc',
      'NodeNext',
      'NodeNext',
    ],
    ['the newest', 'node_modules/typescript/bin/tsc', 'ES2022', 'Bundler'],
  ])(
    'type-checks its README’s examples with %s, and what must not be',
    (_, compiler, module, moduleResolution) => {
      const [browser = '', rooms = '', back = '', godot = ''] = examplesIn('ts');
      write('browser.ts', browser);
      write('rooms.ts', `${roomsContext}${rooms}`);
      write('back.ts', `${backContext}${back}`);
      write('godot.ts', `import type { OnlineMatch } from '@online-match/client';\n${godotContext}${godot}`);
      write('wrong.ts', wrong);
      const files = ['browser.ts', 'rooms.ts', 'back.ts', 'godot.ts', 'wrong.ts'];
      const options = { ...compilerOptions, module, moduleResolution };
      write('tsconfig.json', JSON.stringify({ compilerOptions: options, files }));
      const tsc = [path.join(root, compiler), '-p', '.'];
      const { stdout } = spawnSync(process.execPath, tsc, { cwd: game, encoding: 'utf8' });
      expect(stdout).toBe('');
    },
  );
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
  skipLibCheck: false,
  noEmit: true,
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
