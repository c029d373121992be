import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { parse } from 'yaml';
import { changesOf } from '../../tools/release/changes.ts';
import { zipOf } from '../../tools/release/pack.ts';

jest.setTimeout(120_000);

const root = path.resolve(__dirname, '..', '..');
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

let folder: string;
let made: string;

/** `npm run release`, in an environment of its own. */
function release(out: string, timeZone: string): void {
  execFileSync(process.execPath, [path.join(root, 'tools', 'bootstrap.js'), 'tools/release', '--out', out], {
    cwd: folder,
    env: { ...process.env, TZ: timeZone },
    stdio: 'pipe',
  });
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'online-match-release-'));
  made = path.join(folder, 'made');
  release(made, 'UTC');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const unpacked = (file: string) => unzipSync(readFileSync(path.join(made, file)));
const textOf = (files: ReturnType<typeof unpacked>, name: string) =>
  Buffer.from(files[name] ?? []).toString();

test('makes everything, with sums of it', () => {
  const sums = readFileSync(path.join(made, 'SHA256SUMS'), 'utf8');
  const files = readdirSync(made).filter((file) => file !== 'SHA256SUMS');
  expect(files).toEqual([
    'CHANGES.md',
    `nakama-online-match-${version}.tgz`,
    `nakama-online-match-${version}.zip`,
    `online-match-client-${version}.tgz`,
    `online-match-client-${version}.zip`,
    `online-match-godot-${version}.zip`,
  ]);
  const sumOf = (file: string) =>
    createHash('sha256')
      .update(readFileSync(path.join(made, file)))
      .digest('hex');
  expect(sums).toBe(files.map((file) => `${sumOf(file)}  ${file}\n`).join(''));
});

test('makes the same bytes at another time, in another time zone', () => {
  const again = path.join(folder, 'again');
  release(again, 'Pacific/Auckland');
  const sumsIn = (out: string) => readFileSync(path.join(out, 'SHA256SUMS'), 'utf8');
  expect(sumsIn(again)).toBe(sumsIn(made));
});

test('zips the same files to the same bytes, in whatever order they come', () => {
  const files: [string, Uint8Array][] = [
    ['b', Buffer.from('2')],
    ['a', Buffer.from('1')],
  ];
  expect(zipOf(new Map(files))).toEqual(zipOf(new Map(files.reverse())));
});

test('the server’s zip has the bundle where its local.yml looks for it, and the license', () => {
  const files = unpacked(`nakama-online-match-${version}.zip`);
  const inZip = (name: string) => path.join(`nakama-online-match-${version}`, name);
  const { runtime } = parse(textOf(files, inZip('local.yml')));
  const bundle = textOf(files, inZip(path.join(runtime.path, runtime.js_entrypoint)));
  expect(bundle).toBe(readFileSync(path.join(root, 'build', 'index.js'), 'utf8'));
  expect(textOf(files, inZip('LICENSE'))).toMatch(/^MIT License/);
});

test('the server’s npm package is installed in an empty folder, bundled into a module and type-checked', () => {
  const game = path.join(folder, 'game');
  mkdirSync(game);
  const flags = ['--offline', '--no-audit', '--no-fund', '--silent'];
  const tarball = path.join(made, `nakama-online-match-${version}.tgz`);
  execFileSync('npm', ['install', ...flags, tarball], { cwd: game, stdio: 'pipe' });
  const installed = path.join(game, 'node_modules', 'nakama-online-match');
  expect(readdirSync(installed).sort()).toEqual(
    ['CHANGELOG.md', 'LICENSE', 'README.md', 'build', 'local.yml', 'package.json'].sort(),
  );
  writeFileSync(
    path.join(game, 'module.mts'),
    `import onlineMatch from 'nakama-online-match';
     const init: nkruntime.MatchInitFunction = onlineMatch.matchInit;
     // @ts-expect-error: no such handler
     onlineMatch.matchBegin;
     void init;\n`,
  );
  const typings = path.join(root, 'node_modules', 'nakama-runtime', 'index.d.ts');
  const tsc = path.join(root, 'tools', 'api', 'node_modules', 'typescript', 'bin', 'tsc');
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2020'];
  execFileSync(process.execPath, [tsc, ...options, typings, 'module.mts'], { cwd: game, stdio: 'inherit' });
  writeFileSync(
    path.join(game, 'names.mjs'),
    `import onlineMatch from 'nakama-online-match';
     console.log(typeof onlineMatch.matchInit, typeof onlineMatch.createOnlineMatch);`,
  );
  const said = execFileSync(process.execPath, ['names.mjs'], { cwd: game, encoding: 'utf8' });
  expect(said.trim()).toBe('function function');
});

test('the addon’s zip has addons/ at its root, and each of its scripts', () => {
  const files = unpacked(`online-match-godot-${version}.zip`);
  const addon = 'addons/online_match';
  const sources = readdirSync(path.join(root, 'clients', 'godot', addon), {
    recursive: true,
    withFileTypes: true,
  })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.uid'))
    .map((entry) =>
      path.relative(path.join(root, 'clients', 'godot'), path.join(entry.parentPath, entry.name)),
    );
  const more = [`${addon}/LICENSE`, `${addon}/README.md`];
  expect(Object.keys(files).sort()).toEqual([...sources, ...more].sort());
});

test('takes the version’s entry of the changelog, which must be there', () => {
  const changelog = '# Changelog\n\n## 2.0.0, not yet\n\n- Two.\n\n## 1.0.0\n\n- One.\n- And more.\n';
  expect(changesOf('1.0.0', changelog)).toBe('- One.\n- And more.\n');
  expect(changesOf('2.0.0', changelog)).toBe('- Two.\n');
  expect(() => changesOf('3.0.0', changelog)).toThrow('CHANGELOG.md says nothing of 3.0.0.');
  expect(() => changesOf('1.0', changelog)).toThrow('CHANGELOG.md says nothing of 1.0.');
  const ours = changesOf(version, readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8'));
  expect(readFileSync(path.join(made, 'CHANGES.md'), 'utf8')).toBe(ours);
});
