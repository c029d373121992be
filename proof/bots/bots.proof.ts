import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Server, startServer } from '../../kit/servers/server.ts';
import { freePorts } from '../../tools/stack/ports.ts';
import type { Summary } from './summary.ts';

const bootstrap = path.resolve(__dirname, '..', '..', 'tools', 'bootstrap.js');

/** `npm run bots`, without npm, in a process group of its own as a terminal has it. */
function runBots(...args: string[]) {
  const child = spawn(process.execPath, [bootstrap, 'proof/bots/main', ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  return { child, output: () => output, ended: once(child, 'close').then(([code]) => code as number | null) };
}

/** How many processes play on it. */
function workersOn({ port }: Server): number {
  const all = execFileSync('ps', ['-axo', 'args'], { encoding: 'utf8' }).split('\n');
  return all.filter((args) => args.includes('proof/bots/worker') && args.includes(`"port":${port},`)).length;
}

describe('npm run bots', () => {
  let folder: string;
  let server: Server;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'online-match-bots-'));
    server = await startServer({ config: { 'matchmaker.interval_sec': '1' } });
  }, 60_000);
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const where = () => ['--port', String(server.port), '--server-key', server.serverKey];

  test('plays rooms by all ways in, and reports that nothing was lost', async () => {
    const json = path.join(folder, 'report.json');
    const size = ['--rooms', '6', '--players', '3', '--stay', '1', '--minutes', '0.1'];
    const bots = runBots(...where(), ...size, '--json', json);
    expect([await bots.ended, bots.output()]).toEqual([
      0,
      expect.stringContaining('✓ Every message arrived once'),
    ]);

    const { rooms, messages, times, errors, broken }: Summary = JSON.parse(readFileSync(json, 'utf8'));
    for (const { finished, failed } of Object.values(rooms)) {
      expect(finished).toBeGreaterThan(0);
      expect(failed).toBe(0);
    }
    expect(messages.arrived).toBeGreaterThan(0);
    expect(messages).toEqual({
      sent: messages.arrived,
      arrived: messages.arrived,
      lost: 0,
      doubled: 0,
      disordered: 0,
      stray: 0,
      early: 0,
    });
    for (const time of Object.values(times)) expect(time?.count).toBeGreaterThan(0);
    expect([errors, broken]).toEqual([[], []]);
  }, 30_000);

  test('fails when a limit is exceeded', async () => {
    const size = ['--rooms', '1', '--mix', 'rpc', '--stay', '0', '--minutes', '0.05'];
    const bots = runBots(...where(), ...size, '--max-hop-p99-ms', '0');
    expect(await bots.ended).toBe(1);
    expect(bots.output()).toMatch(
      /✗ \S+ ms for the 99th percentile of hops, more than 0 \(--max-hop-p99-ms\)/,
    );
  }, 30_000);

  test('reports when it is stopped, and leaves no process behind', async () => {
    const bots = runBots(...where(), '--rooms', '4');
    while (!bots.output().includes('• Playing')) await once(bots.child.stdout, 'data');
    expect(workersOn(server)).toBeGreaterThan(0);
    // As a terminal does it: to everybody.
    process.kill(-(bots.child.pid as number), 'SIGINT');
    expect(await bots.ended).toBe(1);
    for (const part of ['• Stopping (SIGINT)', '| rooms']) expect(bots.output()).toContain(part);
    expect(workersOn(server)).toBe(0);
  }, 30_000);

  test.each([
    [
      'a server that is not there',
      async () => ['--port', String((await freePorts()).api)],
      'No Nakama answers at',
    ],
    ['another server key', async () => [...where(), '--server-key', 'other'], 'has another server key.'],
  ])(
    'says in a sentence that it cannot play on %s',
    async (_, args, sentence) => {
      const bots = runBots(...(await args()));
      expect(await bots.ended).toBe(1);
      expect(bots.output()).toMatch(/^\n✗ /);
      expect(bots.output()).toContain(sentence);
      expect(bots.output()).not.toMatch(/^\s+at /m);
    },
    30_000,
  );
});
