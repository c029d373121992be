import { createServer } from 'node:net';
import { portsAt, portsOf, type StackPorts } from './port-numbers.js';

/** Whether nobody listens on this port, on any address. */
export async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port));
}

function canListen(port: number, host?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

const firstPort = 20_000;
const lastPort = 32_000; // Linux gives outgoing connections ports from 32768 on.
const blockSize = 7;
let nextBlock = Math.floor(Math.random() * 1_000);

/** The ports of one more server for tests; another program may still be faster, so be ready to try again. */
export async function freePorts(): Promise<StackPorts> {
  const blocks = Math.floor((lastPort - firstPort) / blockSize);
  for (let tries = 0; tries < blocks; tries++) {
    const first = firstPort + (nextBlock++ % blocks) * blockSize;
    const ports = portsAt(first + 2);
    const free = await Promise.all(
      [...Object.values(portsOf(ports)), ports.database, ports.page].map(isFree),
    );
    if (free.every(Boolean)) return ports;
  }
  throw new Error(`no free ports from ${firstPort} to ${lastPort}`);
}
