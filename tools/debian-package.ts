import { existsSync } from 'node:fs';
import { execa } from 'execa';
import { Problem } from './stack/problem.js';
import type { Report } from './stack/report.ts';

/** Installs a package where that needs no asking: as root, on Debian. Does nothing elsewhere. */
export async function installDebianPackage(name: string, report: Report): Promise<void> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  await report.step(`Installing Debian's ${name} (once)`, async () => {
    await aptGet('update', '--quiet');
    await aptGet('install', '--quiet', '--yes', '--no-install-recommends', name);
  });
}

async function aptGet(...args: string[]): Promise<void> {
  // A run level at which Debian starts no services, so that a package is only installed.
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const { failed, stderr } = await execa('apt-get', args, { env, stdin: 'ignore', reject: false });
  if (failed) throw new Problem(`apt-get ${args[0]} failed: ${stderr.trim().split('\n').at(-1)}`);
}
