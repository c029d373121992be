import { existsSync } from 'node:fs';
import { installDebianPackage } from './debian-package.ts';
import { Problem } from './stack/problem.js';
import type { Report } from './stack/report.ts';

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The browser's executable: `CHROMIUM`, else the system's, which is installed first where that can be done. */
export async function chromiumPath(report: Report): Promise<string> {
  const given = process.env.CHROMIUM;
  if (given) {
    if (existsSync(given)) return given;
    throw new Problem(`CHROMIUM is ${given}, and there is no such file.`);
  }
  if (!usual.some(existsSync)) await installDebianPackage('chromium', report);
  const found = usual.find(existsSync);
  if (found) return found;
  throw new Problem(
    'The browser tests need Chromium, and there is none.',
    'Install it (on Debian: apt-get install chromium), or set CHROMIUM to the executable of a Chromium or Chrome.',
  );
}
