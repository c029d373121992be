import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { projectDir } from '../stack/folders.ts';
import { Problem } from '../stack/problem.js';

const execute = promisify(execFile);
const rollup = 'rollup/dist/bin/rollup';

/** The server's bundle, into `build`. */
export async function buildServer(): Promise<void> {
  await run(rollup, '--silent', '--config');
}

/** The library for web games and its types, into `folder`. */
export async function buildClient(folder: string): Promise<void> {
  await run(rollup, '--silent', '--config', 'clients/web/rollup.config.js', '--configBuild', folder);
  const types = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly'];
  await run(
    'typescript/bin/tsc',
    '--project',
    'clients/web',
    ...types,
    '--outDir',
    path.join(folder, 'types'),
  );
}

async function run(script: string, ...args: string[]): Promise<void> {
  try {
    await execute(process.execPath, [path.join('node_modules', script), ...args], { cwd: projectDir });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Problem(`${script} ${args.join(' ')} failed:\n${stdout}${stderr}`);
  }
}
