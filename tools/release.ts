import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { flagsIn } from './flags.js';
import { buildClient, buildServer } from './release/build.ts';
import { changesOf } from './release/changes.ts';
import { npmPack, zipOf } from './release/pack.ts';
import { below, clientFiles, godotFiles, serverFiles, versionOfAll } from './release/products.ts';
import { projectDir } from './stack/folders.ts';
import { Report } from './stack/report.ts';

const help = `npm run release [-- --out FOLDER]

Builds everything and makes what people install, in build/release or FOLDER, which is emptied before:

  nakama-online-match-VERSION.zip, .tgz   the server module: the bundle, local.yml and its types
  online-match-client-VERSION.zip, .tgz   the library for web games: modules, scripts, source maps and types
  online-match-godot-VERSION.zip          the addon for Godot 4, with addons/ at its root
  CHANGES.md                              what CHANGELOG.md says of the version
  SHA256SUMS                              for sha256sum --check

The same sources give the same bytes. The .tgz are for \`npm install FILE\` and \`npm publish FILE\`.
`;

const report = new Report();

/** `npm run release`: files to be given to people who do not clone. */
export async function main(args: string[]): Promise<void> {
  try {
    const given = flagsIn('npm run release', args, {
      help: { type: 'boolean', short: 'h' },
      out: { type: 'string' },
    });
    if (given.help) return report.say(help);
    await release(path.resolve(given.out ?? path.join(projectDir, 'build', 'release')));
  } catch (error) {
    report.fail(error);
    process.exitCode = 1;
  }
}

async function release(folder: string): Promise<void> {
  const version = versionOfAll();
  const changes = changesOf(version, readFileSync(path.join(projectDir, 'CHANGELOG.md'), 'utf8'));
  const client = mkdtempSync(path.join(tmpdir(), 'online-match-client-'));
  try {
    await report.step('Building the bundle', buildServer);
    await report.step('Building the client', () => buildClient(client));
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await report.step('Packing', async () => {
      const save = (file: string, data: Uint8Array | string) => writeFileSync(path.join(folder, file), data);
      const packages = { 'nakama-online-match': serverFiles(), 'online-match-client': clientFiles(client) };
      for (const [name, files] of Object.entries(packages)) {
        save(`${name}-${version}.zip`, zipOf(below(`${name}-${version}`, files)));
        await npmPack(files, folder);
      }
      save(`online-match-godot-${version}.zip`, zipOf(godotFiles()));
      save('CHANGES.md', changes);
      save('SHA256SUMS', sumsOf(folder));
    });
  } finally {
    rmSync(client, { recursive: true, force: true });
  }
  report.say(`\n${version} is in ${folder}:\n`);
  report.say(readFileSync(path.join(folder, 'SHA256SUMS'), 'utf8'));
}

function sumsOf(folder: string): string {
  const sumOf = (file: string) =>
    createHash('sha256')
      .update(readFileSync(path.join(folder, file)))
      .digest('hex');
  return readdirSync(folder)
    .sort()
    .map((file) => `${sumOf(file)}  ${file}\n`)
    .join('');
}
