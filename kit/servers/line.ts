import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server as NetServer, type Socket } from 'node:net';
import type { Server } from './server.ts';

/** A line of TCP to a server, which a test can break in the ways that networks do. */
export class Line {
  private readonly pairs = new Set<readonly [near: Socket, far: Socket]>();
  private isOpen = true;

  private constructor(
    private readonly server: NetServer,
    readonly host: string,
    readonly port: number,
    readonly serverKey: string,
  ) {}

  static async to({ host, port, serverKey }: Server): Promise<Line> {
    const server = createServer((near) => line.join(near, connect(port, host)));
    server.listen(0, host);
    await once(server, 'listening');
    const line: Line = new Line(server, host, (server.address() as AddressInfo).port, serverKey);
    return line;
  }

  /** All connections close, at both ends, and none is made until `mend()`. */
  cut(): void {
    this.isOpen = false;
    for (const [near, far] of this.pairs) for (const end of [near, far]) end.destroy();
    this.pairs.clear();
  }

  mend(): void {
    this.isOpen = true;
  }

  /** From now on nothing goes through those connections, and the server does not learn that they are dead. */
  swallow(): void {
    for (const [near, far] of this.pairs) {
      near.unpipe(far);
      far.unpipe(near);
      for (const end of [near, far]) end.resume();
    }
  }

  /** The same, and the near end does learn of it. */
  drop(): void {
    this.swallow();
    for (const [near] of this.pairs) near.destroy();
  }

  close(): void {
    this.cut();
    this.server.close();
  }

  private join(near: Socket, far: Socket): void {
    const pair = [near, far] as const;
    for (const end of pair) end.on('error', () => {});
    if (!this.isOpen) {
      for (const end of pair) end.destroy();
      return;
    }
    this.pairs.add(pair);
    near.pipe(far);
    far.pipe(near);
  }
}
