import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';

/** A wire of our own between a client and a server on this machine, that can fail as networks do. */
export interface Link {
  readonly port: number;
  /** Nothing gets through any more, and neither end is told: no close, no reset. */
  freeze(): void;
  /** What the server sends piles up, what clients send gets through. */
  stall(): void;
  thaw(): void;
  /** Ends every connection, at once. */
  cut(): void;
  close(): Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

type Condition = 'up' | 'stalled' | 'frozen';

export async function openLink(toPort: number): Promise<Link> {
  const pairs = new Set<Pair>();
  const waiting = new Set<Socket>();
  let condition: Condition = 'up';

  const apply = ({ client, server }: Pair) => {
    if (condition === 'frozen') client.pause();
    else client.resume();
    if (condition === 'up') server.resume();
    else server.pause();
  };
  const join = (client: Socket) => {
    waiting.delete(client);
    const pair = { client, server: createConnection({ port: toPort, host: '127.0.0.1' }) };
    pairs.add(pair);
    carry(client, pair.server, () => condition !== 'frozen');
    carry(pair.server, client, () => condition === 'up');
    pair.server.once('close', () => pairs.delete(pair));
    apply(pair);
  };
  // A frozen network takes no new connection either, it only seems so to whoever calls.
  const listener = createServer({ pauseOnConnect: true, noDelay: true, allowHalfOpen: false }, (client) => {
    client.on('error', () => {});
    if (condition === 'frozen') waiting.add(client);
    else join(client);
  });
  const become = (next: Condition) => {
    condition = next;
    for (const pair of pairs) apply(pair);
    if (next !== 'frozen') for (const client of [...waiting]) join(client);
  };
  const cut = () => {
    for (const client of waiting) client.destroy();
    waiting.clear();
    for (const { client, server } of pairs) {
      client.destroy();
      server.destroy();
    }
  };
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    port: (listener.address() as AddressInfo).port,
    freeze: () => become('frozen'),
    stall: () => become('stalled'),
    thaw: () => become('up'),
    cut,
    close: async () => {
      cut();
      listener.close();
      await once(listener, 'close');
    },
  };
}

/** Passes on what one end sends, no faster than the other takes it. */
function carry(from: Socket, to: Socket, isOpen: () => boolean): void {
  from.on('data', (chunk) => {
    if (to.destroyed || to.write(chunk)) return;
    from.pause();
    to.once('drain', () => isOpen() && from.resume());
  });
  from.on('end', () => to.end());
  from.on('error', () => to.destroy());
  from.on('close', () => to.destroy());
}
