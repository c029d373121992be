import { Client } from '@heroiclabs/nakama-js';
import { OnlineMatch } from '../../clients/web/src/index.ts';
import { type News, type Order, Talker } from './talker.ts';

/** What the page has from Playwright, and what it offers. */
export interface PlayerPage {
  tellNews(news: News): Promise<void>;
  enter(address: PageAddress): Promise<void>;
  obey(order: Order): Promise<string | null>;
}

export interface PageAddress {
  readonly host: string;
  readonly port: number;
  readonly serverKey: string;
  /** The user's. */
  readonly device: string;
  readonly maxPlayers: number;
}

const page = globalThis as unknown as PlayerPage;
let talker: Talker;

page.enter = async ({ host, port, serverKey, device, maxPlayers }) => {
  const client = new Client(serverKey, host, String(port));
  const session = await client.authenticateDevice(device);
  const socket = client.createSocket();
  await socket.connect(session, false);
  const match = new OnlineMatch(socket, { maxPlayers, reconnect: async () => session });
  talker = new Talker(match, (news) => page.tellNews(news));
};

page.obey = (order) => talker.obey(order);
