import { createServer } from 'node:net';

export interface Ports {
  readonly api: number;
  readonly console: number;
  readonly metrics: number;
}

/** A stack's ports follow from its API port, so that one number moves the whole stack. */
export function portsAt(api: number): Ports & { readonly database: number; readonly page: number } {
  return { api, console: api + 1, metrics: api + 2, database: api + 3, page: api + 4 };
}

/** Every port one Nakama listens on; its two gRPC ports have no setting of their own. */
export function portsOf(ports: Ports): { readonly [use: string]: number } {
  return {
    API: ports.api,
    'gRPC API': ports.api - 1,
    console: ports.console,
    'gRPC console': ports.console - 3,
    metrics: ports.metrics,
  };
}

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
export async function freePorts(): Promise<ReturnType<typeof portsAt>> {
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
