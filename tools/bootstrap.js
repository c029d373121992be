// `node tools/bootstrap.js COMMAND …` runs COMMAND.ts on a fresh checkout: only Node's own modules until npm has installed ours.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Problem, tell } from './stack/problem.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');
const stamp = path.join(modules, '.installed');

function checkNode() {
  if (Number(process.versions.node.split('.')[0]) >= 20) return;
  throw new Problem(
    `Node 20 or newer is needed, and this is ${process.version}.`,
    'Install it from https://nodejs.org/.',
  );
}

/** Answers what needs no packages: whether it did. */
async function answer(command, args) {
  const { startHelp, startOptions } = await import('./options.js');
  if (command !== 'tools/start' || !startOptions(args, process.env).help) return false;
  console.log(startHelp);
  return true;
}

/** Installs the packages of package-lock.json, unless that was done since it last changed. */
async function install() {
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('• Installing the npm packages (once; about half a minute)');
  const { fetchPackages } = await import('./npm.js');
  fetchPackages(root);
  writeFileSync(stamp, lock);
}

/** An older Node could not read the files that are imported only here. */
async function run([command, ...args]) {
  try {
    checkNode();
    if (await answer(command, args)) return;
    await install();
  } catch (error) {
    tell(error);
    process.exit(1);
  }
  const { register } = await import(pathToFileURL(path.join(modules, 'tsx/dist/esm/api/index.mjs')).href);
  register();
  const { main } = await import(pathToFileURL(path.join(root, `${command}.ts`)).href);
  await main(args);
}

await run(process.argv.slice(2));
