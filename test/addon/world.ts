import type { Host } from '../../kit/servers/host.ts';
import { RealHost } from '../../kit/servers/real-nakama.ts';
import type { ServerOptions } from '../../kit/servers/server.ts';

/** More than a bot waits, so that its timeout says what did arrive. */
jest.setTimeout(30_000);

/** A real Nakama for the tests of a file or a describe. */
export function withNakama(options: ServerOptions = {}): { host: RealHost } {
  const world = {} as { host: RealHost };
  beforeAll(async () => {
    world.host = await RealHost.start(options);
  }, 60_000);
  afterAll(() => world.host?.stop());
  return world;
}

export const withoutModule: ServerOptions = { modulePath: 'kit/servers/no-module/index.js' };

/** A match that the game's backend, or a player by RPC, has the server make; everybody joins it, as JOIN. */
export async function serverMade(host: Host, request: Record<string, unknown> = {}): Promise<string> {
  const { code, text } = await host.callRpc('backend', 'create_online_match', request);
  if (code !== 0) throw new Error(text);
  return JSON.parse(text).match_id;
}
