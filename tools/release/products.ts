import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectDir } from '../stack/folders.ts';
import { Problem } from '../stack/problem.js';

/** What is in a packed file, by its path there. */
export type Files = ReadonlyMap<string, Uint8Array>;

interface Manifest {
  readonly version: string;
  readonly files: readonly string[];
}

const client = 'clients/web';
const addon = 'clients/godot/addons/online_match';

/** The server's module, which has been built: an npm package. */
export function serverFiles(): Files {
  const { files } = manifestIn('.');
  return new Map([
    ['package.json', publishable('.')],
    ...files.map((file): [string, Uint8Array] => [file, read(file)]),
    ['README.md', read('README.md')],
    ['LICENSE', read('LICENSE')],
  ]);
}

/** The library for web games, which has been built into `folder`: an npm package. */
export function clientFiles(folder: string): Files {
  return new Map([
    ['package.json', publishable(client)],
    ...filesIn(folder).map((file): [string, Uint8Array] => [`build/${file}`, read(path.join(folder, file))]),
    ['README.md', read(`${client}/README.md`)],
    ['LICENSE', read('LICENSE')],
  ]);
}

/** The addon for Godot, as the editor's asset library wants it. */
export function godotFiles(): Files {
  // Godot writes files of its own beside the scripts.
  const scripts = filesIn(addon).filter((file) => /\.(gd|cfg)$/.test(file));
  const files: [string, Uint8Array][] = [
    ...scripts.map((file): [string, Uint8Array] => [file, read(`${addon}/${file}`)]),
    ['README.md', read('clients/godot/README.md')],
    ['LICENSE', read('LICENSE')],
  ];
  return below('addons/online_match', new Map(files));
}

/** The same files in a folder. */
export function below(folder: string, files: Files): Files {
  return new Map([...files].map(([file, data]) => [`${folder}/${file}`, data]));
}

/** The version of all products; @throws a Problem where they differ. */
export function versionOfAll(): string {
  const [, ofAddon = 'none'] = /^version="(.*)"$/m.exec(read(`${addon}/plugin.cfg`).toString()) ?? [];
  const versions = {
    'package.json': manifestIn('.').version,
    [`${client}/package.json`]: manifestIn(client).version,
    [`${addon}/plugin.cfg`]: ofAddon,
  };
  const [version = '', ...others] = new Set(Object.values(versions));
  if (others.length === 0) return version;
  const all = Object.entries(versions).map(([file, its]) => `${file} says ${its}`);
  throw new Problem(`All that is released must have one version: ${all.join(', ')}.`);
}

/** A manifest without what is for developers of this project. */
function publishable(folder: string): Uint8Array {
  const { scripts: _, devDependencies: __, workspaces: ___, ...manifest } = manifestIn(folder);
  return Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
}

function manifestIn(folder: string): Manifest & Record<string, unknown> {
  return JSON.parse(read(`${folder}/package.json`).toString());
}

/** All files below a folder, from there. */
function filesIn(folder: string): string[] {
  const dir = path.resolve(projectDir, folder);
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}

function read(file: string): Buffer {
  return readFileSync(path.resolve(projectDir, file));
}
