import type { Server as PageServer } from 'node:http';
import { createElectingRoom } from '../../../kit/contract/steps.ts';
import { RealHost } from '../../../kit/servers/real-nakama.ts';
import { type Server, startServer } from '../../../kit/servers/server.ts';
import { servePage } from '../../../tools/page.ts';
import { freePorts } from '../../../tools/stack/ports.ts';

/** The page beside a real Nakama with the module. */
export class Site {
  private constructor(
    private readonly nakama: Server,
    private readonly page: PageServer,
    readonly url: string,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<Site> {
    const nakama = await startServer({
      config: { 'matchmaker.interval_sec': '1', 'matchmaker.max_intervals': '1' },
      env,
    });
    const { page: port } = await freePorts();
    const host = '127.0.0.1';
    const page = await servePage({ host, port, nakama: { port: nakama.port, key: nakama.serverKey } });
    return new Site(nakama, page, `http://${host}:${port}/`);
  }

  /** Where its Nakama is. */
  get address(): { readonly host: string; readonly port: number; readonly key: string } {
    const { host, port, serverKey: key } = this.nakama;
    return { host, port, key };
  }

  /** Of the game's own backend, which nobody has come into yet. */
  async makePublicRooms(count: number): Promise<void> {
    const host = new RealHost(this.nakama);
    const room = { visibility: 'public', client_version: 'tag-1' } as const;
    for (let made = 0; made < count; made++) await createElectingRoom(host, room);
  }

  async stop(): Promise<void> {
    this.page.close();
    this.page.closeAllConnections();
    await this.nakama.stop();
  }
}
