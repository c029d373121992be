import { countersOf } from '../metrics/prometheus.ts';
import type { Bot } from '../players/bot.ts';
import { realTimer } from '../players/inbox.ts';
import type { Account } from '../players/socket-player.ts';
import { connectBot } from '../players/websocket.ts';
import { type Host, type HttpAnswer, type ListedMatch, type Listing, newName } from './host.ts';
import { type Server, type ServerOptions, startServer } from './server.ts';

/** gRPC's code for a service that does not answer. */
const UNAVAILABLE = 14;

/** Nakama's own, which local.yml keeps. */
export const CONSOLE_LOGIN = { username: 'admin', password: 'password' };

/** Nakama looks for matches, indexes labels and exports metrics so often. */
const quick = {
  'matchmaker.interval_sec': '1',
  'match.label_update_interval_ms': '100',
  'metrics.reporting_freq_sec': '1',
};

/** A real Nakama with the bundle, as a host of the contract suite. */
export class RealHost implements Host {
  private readonly bots: Bot[] = [];
  private consoleToken: string | undefined;

  constructor(readonly server: Server) {}

  static async start({ config, ...options }: ServerOptions = {}): Promise<RealHost> {
    return new RealHost(await startServer({ ...options, config: { ...quick, ...config } }));
  }

  async signIn({ username = newName(), vars = {} } = {}): Promise<Account> {
    const id = `device-of-${username}`;
    const path = `account/authenticate/device?create=true&username=${username}`;
    const { token, message } = await this.call(path, `Basic ${btoa(`${this.server.serverKey}:`)}`, {
      id,
      vars,
    });
    if (!token) throw new Error(`${username} cannot sign in: ${message}`);
    const { uid } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return { token, userId: uid, username };
  }

  async connect(account: Account): Promise<Bot> {
    const bot = await connectBot(this.server.port, account);
    this.bots.push(bot);
    return bot;
  }

  async callRpc(caller: Account | 'backend', id: string, payload: unknown = ''): Promise<HttpAnswer> {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
    const isBackend = caller === 'backend';
    const query = isBackend ? `?http_key=${this.server.httpKey}` : '';
    const token = isBackend ? undefined : `Bearer ${caller.token}`;
    const { code = 0, message, payload: result = '' } = await this.call(`rpc/${id}${query}`, token, text);
    return { code, text: code === 0 ? result : message };
  }

  async listMatches(listing: Listing = { authoritative: true }): Promise<ListedMatch[]> {
    const { matches = [], message } = await this.console(`match?${parametersOf({ limit: 100, ...listing })}`);
    if (message !== undefined) throw new Error(message);
    return matches.map(({ api_match }: { api_match: ListedMatch }) => api_match);
  }

  async findMatches(listing: Listing, { token }: Account): Promise<ListedMatch[]> {
    const { matches = [], message } = await this.call(`match?${parametersOf(listing)}`, `Bearer ${token}`);
    if (message !== undefined) throw new Error(message);
    return matches;
  }

  async block({ token }: Account, { userId }: Account): Promise<void> {
    await this.call(`friend/block?ids=${userId}`, `Bearer ${token}`, {});
  }

  async writeStorage({ token }: Account, collection: string, key: string, value: object): Promise<boolean> {
    const object = { collection, key, value: JSON.stringify(value), permission_read: 1, permission_write: 1 };
    const { acks } = await this.call('storage', `Bearer ${token}`, { objects: [object] }, 'PUT');
    return acks !== undefined;
  }

  counters(): Promise<Record<string, number>> {
    return countersOf(this.server.metricsPort);
  }

  /** A match's state, as Nakama's console shows it to its administrator. */
  async consoleStateOf(matchId: string): Promise<{ state: string }> {
    const shown = await this.console(`match/${matchId}/state`);
    if (shown.state === undefined) throw new Error(`the console answered ${JSON.stringify(shown)}`);
    return shown;
  }

  /** GET from Nakama's console, as its administrator. */
  // biome-ignore lint/suspicious/noExplicitAny: the answers of several endpoints
  async console(path: string): Promise<any> {
    const console = `http://127.0.0.1:${this.server.consolePort}/v2/console`;
    this.consoleToken ??= await signInToConsole(console);
    return call(`${console}/${path}`, `Bearer ${this.consoleToken}`);
  }

  async stop(): Promise<void> {
    for (const bot of this.bots) bot.terminate();
    await this.server.stop();
  }

  private call(path: string, authorization?: string, body?: unknown, method?: 'PUT') {
    return call(`http://127.0.0.1:${this.server.port}/v2/${path}`, authorization, body, method);
  }
}

/** minSize → min_size */
function parametersOf(listing: Listing): URLSearchParams {
  const named = Object.entries(listing).map(([name, value]): [string, string] => [
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    String(value),
  ]);
  return new URLSearchParams(named);
}

async function signInToConsole(console: string): Promise<string> {
  const authenticate = () =>
    call(`${console}/authenticate`, undefined, CONSOLE_LOGIN).catch(() => ({ code: UNAVAILABLE }));
  let signedIn = await authenticate();
  // The console may come up a moment after the server is healthy.
  for (let tries = 0; signedIn.code === UNAVAILABLE && tries < 100; tries++) {
    await new Promise((resolve) => realTimer(50, () => resolve(null)));
    signedIn = await authenticate();
  }
  if (!signedIn.token) throw new Error(`the console answered ${JSON.stringify(signedIn)}`);
  return signedIn.token;
}

/** GET, or POST where there is a body and nothing else is said. */
async function call(
  url: string,
  authorization?: string,
  body?: unknown,
  method = 'POST',
  // biome-ignore lint/suspicious/noExplicitAny: the answers of several endpoints
): Promise<any> {
  const answer = await fetch(url, {
    headers: authorization === undefined ? {} : { authorization },
    ...(body !== undefined && { method, body: JSON.stringify(body) }),
  });
  return answer.json();
}
