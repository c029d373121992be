import { chromiumPath } from './chromium.ts';
import { provideCoturn } from './stack/coturn.ts';
import { servers } from './stack/servers.ts';
import { jest, report, main as run, tool } from './test.ts';

const help = `npm run test:browser [-- JEST ARGUMENTS]

Plays the page to try in headless Chromium tabs, on a real Nakama and PostgreSQL that it starts on free ports and
stops again.

Environment:
  CHROMIUM        a Chromium or Chrome executable; else the system's, which root gets installed on Debian
  NAKAMA_BIN, DATABASE_URL   as for npm test
`;

/** `npm run test:browser`: the page, as players have it. Ends with `N passed, N failed`. */
export function main(args: string[]): Promise<void> {
  return run(args, { help, check });
}

async function check(args: string[]) {
  const chromium = await chromiumPath(report);
  await provideCoturn(report);
  await tool('Building the bundle', 'rollup', '--config', '--silent');
  await tool('Building the page', 'rollup', '--config', 'demo/rollup.config.js', '--silent');
  return jest(['--config=jest.browser.config.js', ...args], {
    ...(await servers(report)),
    CHROMIUM: chromium,
  });
}
