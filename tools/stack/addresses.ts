import { networkInterfaces } from 'node:os';

/** Where a server is found that listens on `host`, nearest first: on all addresses of this machine for 0.0.0.0. */
export function addressesOf(host: string, interfaces = networkInterfaces()): [string, ...string[]] {
  if (host !== '0.0.0.0') return [host];
  const inNetwork = Object.values(interfaces)
    .flatMap((all) => all ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
  return ['127.0.0.1', ...inNetwork];
}

/** Whether only this machine reaches it. */
export function isLoopback(host: string): boolean {
  return /^127\./.test(host);
}
