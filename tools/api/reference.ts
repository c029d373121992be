import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { projectDir } from '../stack/folders.ts';
import { Problem } from '../stack/problem.js';

/** Where it is kept. */
export const referenceFile = path.join(projectDir, 'docs', 'api', 'README.md');

const note =
  '<!-- Made from the doc comments of clients/web/src by `npm run docs:api`: change those. -->\n\n';

/** The library's API as Markdown, from its doc comments; the same text for the same sources. */
export async function apiReference(): Promise<string> {
  const folder = path.join(projectDir, 'tools', 'api');
  const typedoc = path.join(folder, 'node_modules', 'typedoc', 'bin', 'typedoc');
  const out = mkdtempSync(path.join(tmpdir(), 'online-match-api-'));
  try {
    const args = [typedoc, '--options', path.join(folder, 'typedoc.json'), '--out', out];
    await promisify(execFile)(process.execPath, args, { cwd: folder });
    return `${note}${readFileSync(path.join(out, 'README.md'), 'utf8').trimEnd()}\n`;
  } catch (error) {
    const { stdout = '', stderr = String(error) } = error as { stdout?: string; stderr?: string };
    throw new Problem(`TypeDoc does not accept the doc comments:\n${stdout}${stderr}`);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
