import { writeFileSync } from 'node:fs';
import path from 'node:path';

export interface CoturnOptions {
  /** Where its files are. */
  readonly dir: string;
  readonly ip: string;
  readonly port: number;
  readonly secret: string;
  /** For how long it relays for whoever does not ask anew; else as long as it usually does. */
  readonly allocationSec?: number;
  /** Where it listens for TLS, and by which files it shows who it is; else it does not. */
  readonly tls?: { readonly port: number; readonly certificate: string; readonly key: string };
}

/** Writes what a coturn for this machine is told, which knows the players by a secret; gives the arguments to run it with. */
export function configureCoturn({ dir, ip, port, secret, tls, allocationSec }: CoturnOptions): string[] {
  const file = path.join(dir, 'turnserver.conf');
  const lines = [
    `listening-port=${port}`,
    `listening-ip=${ip}`,
    `relay-ip=${ip}`,
    'allow-loopback-peers',
    'min-port=49160',
    'max-port=49960',
    'use-auth-secret',
    `static-auth-secret=${secret}`,
    'realm=online-match.test',
    'fingerprint',
    ...(tls ? [`tls-listening-port=${tls.port}`, `cert=${tls.certificate}`, `pkey=${tls.key}`] : ['no-tls']),
    'no-dtls',
    ...(allocationSec === undefined ? [] : [`max-allocate-lifetime=${allocationSec}`]),
    'no-cli',
    `userdb=${path.join(dir, 'turndb')}`,
    `pidfile=${path.join(dir, 'turnserver.pid')}`,
  ];
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  return ['-c', file];
}
