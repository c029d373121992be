import type { Host, HostOptions } from './host.ts';
import { type Server, startServer } from './server.ts';

/** A real Nakama with the bundle, as a host of the contract suite. */
export async function startRealHost(options: HostOptions = {}): Promise<RealHost> {
  return new RealHost(await startServer(options));
}

export class RealHost implements Host {
  constructor(readonly server: Server) {}
}
