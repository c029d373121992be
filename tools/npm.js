import { spawnSync } from 'node:child_process';
import { Problem } from './stack/problem.js';

/** Of a registry that does not answer, npm tells only after many minutes; this one question it answers at once. */
const question = ['view', 'tsx', 'version', '--fetch-retries=0', '--fetch-timeout=8000', '--loglevel=error'];
const questionTimeoutMs = 12_000;

/** Has npm install the packages of a folder; @throws a Problem where the registry cannot be reached. */
export function fetchPackages(folder) {
  // Not `npm ci`: it insists on lock entries for other platforms' packages, which not every registry has.
  const install = ['install', '--no-save', '--loglevel=error'];
  const { status, stderr } = npm(question, folder, { stdio: 'pipe', timeout: questionTimeoutMs });
  if (status === 0) {
    if (npm(install, folder, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0) return;
    throw new Problem('The npm packages could not be installed (npm says why above).');
  }
  // npm may have fetched all of them before.
  if (npm([...install, '--offline'], folder, { stdio: 'pipe' }).status === 0) return;
  const registry = npm(['config', 'get', 'registry'], folder, { stdio: 'pipe' }).stdout?.trim();
  const [, code = 'ETIMEDOUT'] = /code (E\w+)/.exec(stderr ?? '') ?? [];
  throw new Problem(
    `The npm packages cannot be fetched: ${registry} ${/^E\d/.test(code) ? 'has none' : 'does not answer'} (${code}).`,
    'Connect to the network, or tell npm of your proxy or registry: npm config set proxy …, npm config set registry …',
  );
}

function npm(args, cwd, options) {
  const script = process.env.npm_execpath;
  const [command, first] = script ? [process.execPath, [script]] : ['npm', []];
  return spawnSync(command, [...first, ...args], {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32' && !script,
    ...options,
  });
}
