import { servers } from './stack/servers.ts';
import { jest, report, main as run, tool } from './test.ts';

const help = `npm run test:proof [-- JEST ARGUMENTS]

Tries what takes minutes: the start command, releases, large meshes, made-up histories of rooms; and bots, chaos and fuzz in
short on a real Nakama and PostgreSQL that it starts on free ports and stops again.

Environment:
  NAKAMA_BIN, DATABASE_URL   as for npm test
`;

/** `npm run test:proof`: whether what shows that it holds still does. Ends with `N passed, N failed`. */
export function main(args: string[]): Promise<void> {
  return run(args, { help, check });
}

async function check(args: string[]) {
  await tool('Building the bundle', 'rollup', '--config', '--silent');
  return jest(['--config=jest.proof.config.js', ...args], await servers(report));
}
