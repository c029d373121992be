import { randomBytes } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { execa } from 'execa';
import { installDebianPackage } from '../debian-package.ts';
import { type Child, startChild } from './child.ts';
import { configureCoturn } from './coturn-config.ts';
import { Problem } from './problem.js';
import type { Report } from './report.ts';

/** Provides coturn, a TURN server: installs Debian's package where that can be done. */
export async function provideCoturn(
  report: Report,
  what = 'The tests of the client and of the page need',
): Promise<void> {
  if (await isThere()) return;
  await installDebianPackage('coturn', report);
  if (await isThere()) return;
  const advice = 'Install it; on Debian and Ubuntu: sudo apt-get install coturn.';
  throw new Problem(`${what} coturn, and there is none.`, advice);
}

async function isThere(): Promise<boolean> {
  const { failed } = await execa('which', ['turnserver'], { reject: false });
  return !failed;
}

/** A coturn beside the stack, and the settings by which its players find it. */
export async function startCoturn(
  dir: string,
  host: string,
  port: number,
): Promise<{ readonly child: Child; readonly settings: Record<string, string> }> {
  const ip = host === '0.0.0.0' ? addressOfMachine() : host;
  const secret = randomBytes(24).toString('hex');
  const child = await startChild({
    name: 'coturn',
    command: 'turnserver',
    args: [...configureCoturn({ dir, ip, port, secret }), '--log-file=stdout'],
    cwd: dir,
    stopSignal: 'SIGTERM',
  });
  const urls = ['udp', 'tcp'].map((transport) => `turn:${ip}:${port}?transport=${transport}`);
  return {
    child,
    settings: { ONLINE_MATCH_TURN_URLS: urls.join(','), ONLINE_MATCH_TURN_SECRET: secret },
  };
}

/** By which other devices reach it. */
function addressOfMachine(): string {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}
