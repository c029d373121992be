import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { cacheDir, projectDir } from '../stack/folders.ts';
import { Problem } from '../stack/problem.js';
import type { Report } from '../stack/report.ts';

/** Of this folder: what the tests of the Godot addon are run with. */
export const godotTools = path.join(projectDir, 'tools', 'godot');

/** What is made once, from sources that decide where it is kept. */
export interface Recipe {
  /** Of the folder in the cache, before the hash of the sources. */
  readonly name: string;
  readonly title: string;
  /** Files and folders, from tools/godot. */
  readonly sources: readonly string[];
  /** Fills the folder. */
  make(folder: string): Promise<unknown>;
  /** What else would do, where making it fails. */
  readonly advice: string;
}

/** The folder in the user's cache, made now where it is not there yet. */
export async function provide(recipe: Recipe, report: Report): Promise<string> {
  const folder = path.join(cacheDir(), `${recipe.name}-${hashOf(recipe.sources)}`);
  if (existsSync(folder)) return folder;
  const partial = mkdtempSync(`${folder}.`);
  try {
    await report.step(recipe.title, () => recipe.make(partial));
    renameSync(partial, folder);
  } catch (error) {
    throw new Problem(`${recipe.title} failed: ${lastLineOf(error)}.`, recipe.advice);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return folder;
}

/** What a variable of the environment names instead; null where it is not set. */
export function given(variable: string): string | null {
  const file = process.env[variable];
  if (!file) return null;
  if (existsSync(file)) return path.resolve(file);
  throw new Problem(`${variable} is ${file}, and there is no such file.`);
}

/** Runs a program; what it says at the end is in the error when it fails. */
export function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return execa(command, args, { env, stdin: 'ignore', all: true });
}

function hashOf(sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesIn).sort())
    hash.update(file).update(readFileSync(path.join(godotTools, file)));
  return hash.digest('hex').slice(0, 12);
}

function filesIn(source: string): string[] {
  const within = readdirSync(godotTools, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(godotTools, path.join(parentPath, name)));
  return within.filter((file) => file === source || file.startsWith(`${source}${path.sep}`));
}

function lastLineOf(error: unknown): string {
  const { all, shortMessage } = error as { all?: string; shortMessage?: string };
  const lines = (all?.trim() || shortMessage || String(error)).split('\n');
  return (lines.at(-1) ?? '').replace(/\.$/, '');
}
