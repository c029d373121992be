import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type ZippableFile, zipSync } from 'fflate';
import type { Files } from './products.ts';

/** The first that a zip can hold, in local time as zips have it: so it is the same bytes everywhere. */
const mtime = new Date(1980, 0, 1);

/** The same bytes for the same files, whenever and wherever it is made. */
export function zipOf(files: Files): Uint8Array {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const entries = sorted.map(([name, data]): [string, ZippableFile] => [name, [data, { mtime, level: 9 }]]);
  return zipSync(Object.fromEntries(entries));
}

/** Packs the files, of which one is a package.json, into `folder` under a name that npm chooses; npm sorts, and sets times. */
export async function npmPack(files: Files, folder: string): Promise<void> {
  const stage = mkdtempSync(path.join(tmpdir(), 'online-match-pack-'));
  try {
    for (const [name, data] of files) {
      const file = path.join(stage, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, data, { mode: 0o644 });
    }
    const args = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
    await promisify(execFile)('npm', args, { cwd: stage, shell: process.platform === 'win32' });
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}
