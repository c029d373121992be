import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const name = 'nakama-online-match';

/** The project's folder. */
export const projectDir = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What is built once and used by every checkout: the Nakama server. */
export function cacheDir(): string {
  const home = homedir();
  const places: Partial<Record<NodeJS.Platform, string>> = {
    darwin: path.join(home, 'Library', 'Caches'),
    win32: process.env.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'),
  };
  const base = process.env.XDG_CACHE_HOME ?? places[process.platform] ?? path.join(home, '.cache');
  return made(path.join(base, name));
}

/**
 * Where databases live. For root that is outside the checkout, in a folder every user can reach: root's
 * PostgreSQL runs as another user, who may not enter the checkout.
 */
export function databaseHome(): string {
  if (process.getuid?.() !== 0) return made(path.join(projectDir, '.data'));
  const shared = made(path.join('/var/lib', name));
  chmodSync(shared, 0o755);
  return shared;
}

/** The folder of the stack whose API port is `port`, started from this checkout. */
export function stackDir(port: number): string {
  const checkout = createHash('sha256').update(projectDir).digest('hex').slice(0, 8);
  const stack = process.getuid?.() === 0 ? `stack-${checkout}-${port}` : `stack-${port}`;
  return made(path.join(databaseHome(), stack));
}

/** An empty folder that a database of one test run can live in. */
export function throwAwayDir(): string {
  return mkdtempSync(path.join(databaseHome(), 'test-'));
}

function made(dir: string): string {
  mkdirSync(dir, { recursive: true });
  return dir;
}
