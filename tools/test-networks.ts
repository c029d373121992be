import { execa } from 'execa';
import { chromiumPath } from './chromium.ts';
import { installDebianPackage } from './debian-package.ts';
import { provideCoturn } from './stack/coturn.ts';
import { projectDir } from './stack/folders.ts';
import { nakamaBinary } from './stack/nakama-binary.ts';
import { Problem } from './stack/problem.js';
import { stopSignal } from './stack/signals.ts';
import { report, tool } from './test.ts';

const help = `npm run test:networks [-- JEST ARGUMENTS]

Plays with the library for web games in networks that real players have: UDP or TURN blocked, NATs, links that are cut,
addresses that change. Node and Chromium peers with real WebRTC, a real coturn and a real Nakama, each in a Linux
network namespace; so it needs Linux and root. Nothing of it is in the machine's own network, and all of it ends with
the command, however that ends. A table says how long it took until all could talk, and by which ways.

  npm run test:networks -- cut        only the scenarios of proof/networks/cut.networks.ts

Environment:
  CHROMIUM, NAKAMA_BIN   as for npm run test:browser; the PostgreSQL is always its own
`;

/**
 * `npm run test:networks`: whether links come up and are kept up where networks are bad. Ends with `N passed, N failed`. Where
 * namespaces cannot be had, it says so; that is a failure only with `CI` set.
 */
export async function main(args: string[]): Promise<void> {
  if (args.includes('--help')) return report.say(help);
  try {
    await provideNetworks();
  } catch (problem) {
    report.fail(problem);
    if (process.env.CI || !(problem instanceof Problem)) process.exit(1);
    report.say('\nNothing was tested on other networks.');
    return;
  }
  process.exit(await runInside(args).catch(failed));
}

/** Of one's own: the network, the mounts that names of namespaces are, and the processes, which end with the first of them. */
const OWN = ['--net', '--mount', '--pid', '--mount-proc', '--fork', '--kill-child'];

/** What is done there for each network, in short. */
const TRIAL = `
  ip link set lo up
  ip link add here arp off type veth peer name there
  ip link add lan type bridge
  echo 1 > /proc/sys/net/ipv4/ip_forward
  nft 'table inet trial { chain nat { type nat hook postrouting priority 100; masquerade random; }; }'`;

async function provideNetworks(): Promise<void> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new Problem('Networks of other kinds are network namespaces, which need Linux and root.');
  for (const [command, name] of Object.entries({ ip: 'iproute2', nft: 'nftables', unshare: 'util-linux' })) {
    if (await isThere(command)) continue;
    await installDebianPackage(name, report);
    if (!(await isThere(command)))
      throw new Problem(`The command ${command} is missing.`, `Install ${name}.`);
  }
  const { failed, stderr } = await execa('unshare', [...OWN, 'sh', '-ec', TRIAL], { reject: false });
  if (failed)
    throw new Problem(`This machine makes no network namespaces, or no NAT in them: ${stderr.trim()}.`);
}

async function isThere(command: string): Promise<boolean> {
  return !(await execa('which', [command], { reject: false })).failed;
}

/** What has to be fetched or built is so out here, where the machine's network is. */
async function runInside(args: string[]): Promise<number> {
  await provideCoturn(report, 'These networks need');
  const env = { CHROMIUM: await chromiumPath(report), NAKAMA_BIN: await nakamaBinary(report) };
  await tool('Building the bundle', 'rollup', '--config', '--silent');
  await tool('Building the page', 'rollup', '--config', 'proof/networks/page.rollup.js', '--silent');
  const command = [process.execPath, 'tools/bootstrap.js', 'proof/networks/inside', ...args];
  const inside = execa('unshare', [...OWN, ...command], {
    cwd: projectDir,
    env,
    // It ends when this does, in whatever way we end.
    stdin: 'pipe',
    stdout: 'inherit',
    stderr: 'inherit',
    reject: false,
  });
  const end = await Promise.race([inside, stopSignal()]);
  inside.stdin.end();
  await inside;
  return typeof end === 'string' ? 1 : (end.exitCode ?? 1);
}

function failed(error: unknown): number {
  report.fail(error);
  return 1;
}
