// `node tools/bootstrap.js COMMAND …` runs COMMAND.ts on a fresh checkout: only Node's own modules until npm has installed ours.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');
const stamp = path.join(modules, '.installed');

function checkNode() {
  if (Number(process.versions.node.split('.')[0]) >= 20) return;
  console.error(`✗ Node 20 or newer is needed, and this is ${process.version}.`);
  console.error('  Install it from https://nodejs.org/.');
  process.exit(1);
}

/** Installs the packages of package-lock.json, unless that was done since it last changed. */
function install() {
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('• Installing the npm packages (once; about half a minute)');
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm]] : ['npm', []];
  // Not `npm ci`: it insists on lock entries for other platforms' packages, which not every registry has.
  const { status } = spawnSync(command, [...args, 'install', '--no-save', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32' && !npm,
  });
  if (status !== 0) {
    console.error('\n✗ The npm packages could not be installed (npm says why above).');
    process.exit(1);
  }
  writeFileSync(stamp, lock);
}

checkNode();
install();
const { register } = await import(pathToFileURL(path.join(modules, 'tsx/dist/esm/api/index.mjs')).href);
register();
const [command, ...args] = process.argv.slice(2);
const { main } = await import(pathToFileURL(path.join(root, `${command}.ts`)).href);
await main(args);
