import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Address } from '../../kit/players/nakama-js-player.ts';

/** Where the servers are found, from everywhere. */
export const HUB = '198.51.100.1';

/** For how long a player's login to TURN holds there, as short as the module lets it be. */
export const LOGIN_SEC = 60;

/** What runs there. */
export interface Servers {
  readonly nakama: Address;
  readonly turnPort: number;
}

/** As this command has started them. */
export function knownServers(): Servers {
  const { NETWORKS_SERVERS: known } = process.env;
  if (known === undefined) throw new Error('run it as `npm run test:networks`, which provides the servers');
  return JSON.parse(known);
}

/** Runs a script of the shell, which ends with the first command that fails. */
export async function shell(script: string): Promise<void> {
  await promisify(execFile)('sh', ['-ec', script]);
}

/**
 * Makes the network of this process, which must be a namespace of its own, the internet: all others are joined to it, and it
 * passes on what they send each other. The names of namespaces are mounts of this process' own, and so nobody else's.
 */
export async function openInternet(): Promise<void> {
  await shell(`
    mkdir -p /run/netns
    mount -t tmpfs none /run/netns
    ip link set lo up
    ip address add ${HUB}/32 dev lo
    # What is for nobody gets lost without a word, as there: coturn ends an allocation that cannot send.
    ip link add nowhere arp off type veth peer name nobody
    ip link set nobody up
    ip link set nowhere up
    ip route add default dev nowhere
    echo 1 > /proc/sys/net/ipv4/ip_forward`);
}
