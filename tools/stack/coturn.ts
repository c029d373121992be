import { execa } from 'execa';
import { installDebianPackage } from '../debian-package.ts';
import { Problem } from './problem.js';
import type { Report } from './report.ts';

/** Provides coturn, the TURN server of the tests: installs Debian's package where that can be done. */
export async function provideCoturn(report: Report): Promise<void> {
  if (await isThere()) return;
  await installDebianPackage('coturn', report);
  if (await isThere()) return;
  const advice = 'Install it; on Debian and Ubuntu: sudo apt-get install coturn.';
  throw new Problem('The tests of the client and of the page need coturn, and there is none.', advice);
}

async function isThere(): Promise<boolean> {
  const { failed } = await execa('which', ['turnserver'], { reject: false });
  return !failed;
}
