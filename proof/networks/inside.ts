import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { markdownTable } from 'markdown-table';
import { Coturn } from '../../kit/servers/coturn.ts';
import { startServer } from '../../kit/servers/server.ts';
import { atEnd, servers } from '../../tools/stack/servers.ts';
import { jest, type Outcome, report, main as run } from '../../tools/test.ts';
import { HUB, LOGIN_SEC, openInternet, type Servers } from './internet.ts';
import { ROWS, type Row } from './record.ts';

/** What `npm run test:networks` runs in a network of its own, which is the internet of all players. */
export function main(args: string[]): Promise<void> {
  // Whoever started this has ended.
  void once(process.stdin.resume(), 'end').then(() => process.kill(process.pid, 'SIGTERM'));
  return run(args, { help: '', check });
}

async function check(args: string[]): Promise<Outcome> {
  await openInternet();
  // That of the environment is in another network.
  delete process.env.DATABASE_URL;
  Object.assign(process.env, await servers(report));
  const { coturn, server } = await report.step('Starting coturn and Nakama', startServers);
  const dir = temporaryDir();
  const known: Servers = {
    nakama: { host: HUB, port: server.port, serverKey: server.serverKey },
    turnPort: coturn.port,
  };
  const env = { NETWORKS_SERVERS: JSON.stringify(known), NETWORKS_DIR: dir };
  const outcome = await jest(['--config=jest.networks.config.js', ...args], env);
  const rows = path.join(dir, ROWS);
  if (existsSync(rows)) report.say(`\n${tableOf(readFileSync(rows, 'utf8'))}`);
  return outcome;
}

async function startServers() {
  const coturn = await Coturn.start(HUB, { allocationSec: LOGIN_SEC });
  atEnd(() => coturn.stop());
  const address = `${HUB}:${coturn.port}`;
  const server = await startServer({
    config: { 'socket.address': '0.0.0.0' },
    env: {
      ONLINE_MATCH_STUN_URLS: `stun:${address}`,
      ONLINE_MATCH_TURN_URLS: ['udp', 'tcp'].map((kind) => `turn:${address}?transport=${kind}`).join(),
      ONLINE_MATCH_TURN_SECRET: coturn.secret,
      ONLINE_MATCH_TURN_TTL_SEC: String(LOGIN_SEC),
    },
  });
  atEnd(() => server.stop());
  return { coturn, server };
}

function temporaryDir(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'online-match-networks-'));
  atEnd(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Scenarios run beside each other: the rows of one belong together. */
function tableOf(lines: string): string {
  const rows = lines
    .trim()
    .split('\n')
    .map((line): Row => JSON.parse(line));
  const scenarios = [...new Set(rows.map(({ scenario }) => scenario))].sort();
  const cells = scenarios.flatMap((name) =>
    rows
      .filter(({ scenario }) => scenario === name)
      .map(({ scenario, when, sec, ways }, index) => [
        index === 0 ? scenario : '',
        when,
        sec.toFixed(1),
        ways,
      ]),
  );
  return markdownTable([['scenario', 'when', 'seconds', 'ways'], ...cells], { align: ['l', 'l', 'r', 'l'] });
}
