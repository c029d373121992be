import { readFileSync } from 'node:fs';
import { Bot } from '../players/bot.ts';
import type { Account, Refused, Socket } from '../players/socket-player.ts';
import type { Envelope } from '../players/wire.ts';
import { type Host, type HostOptions, type ListedMatch, type Listing, newName } from '../servers/host.ts';
import { listMatches } from './match-listing.ts';
import { defaults, type FakeChaos, type FakeConfig, FakeNakama } from './server.ts';
import type { User } from './session.ts';

export interface FakeOptions extends HostOptions {
  seed: number;
  chaos?: FakeChaos;
}

/** A fake Nakama with the bundle, as a host of the contract suite. */
export class FakeHost implements Host {
  readonly server: FakeNakama;
  private readonly users = new Map<Account, User>();

  constructor({ seed, chaos, env = {}, config = {}, modulePath = 'build/index.js' }: FakeOptions) {
    const source = readFileSync(modulePath, 'utf8');
    const numbers = Object.entries(config).map(([key, value]) => [key, Number(value)]);
    const sizes: FakeConfig = { ...defaults, ...Object.fromEntries(numbers) };
    this.server = new FakeNakama(source, env, sizes, seed, chaos);
  }

  async signIn({ username = newName(), vars = {} } = {}): Promise<Account> {
    const user = { userId: this.server.random.uuid(), username, vars };
    const account = { token: user.userId, userId: user.userId, username };
    this.users.set(account, user);
    return account;
  }

  async connect(account: Account): Promise<Bot> {
    return new Bot(this.openSocket(this.users.get(account) as User), account);
  }

  async callRpc(caller: Account | 'backend', id: string, payload: unknown = '') {
    const user = caller === 'backend' ? {} : (this.users.get(caller) as User);
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
    try {
      return {
        code: 0,
        text: this.server.runtime.callRpc(id, { ...user, headers: {}, queryParams: {} }, text),
      };
    } catch (error) {
      return { code: (error as Refused).code, text: (error as Refused).message };
    }
  }

  async listMatches(listing: Listing = { authoritative: true }): Promise<ListedMatch[]> {
    const listed = listMatches(this.server, { limit: 100, ...listing });
    return listed.map(({ matchId, size, label }) => ({ match_id: matchId, size, label: label ?? '' }));
  }

  async findMatches(listing: Listing, account: Account): Promise<ListedMatch[]> {
    const { runtime } = this.server;
    const hook = runtime.registrations.beforeListMatches.get('ListMatches');
    const user = this.users.get(account) as User;
    return this.listMatches(
      hook === undefined ? listing : (runtime.call(hook, { ...user }, listing) as Listing),
    );
  }

  async block({ userId }: Account, blocked: Account) {
    this.server.blocks.add(`${userId} ${blocked.userId}`);
  }

  async writeStorage({ userId }: Account, collection: string, key: string, value: object) {
    return this.server.storage.write([{ collection, key, userId, value }]).length > 0;
  }

  /** Under the names that Prometheus has for them. */
  async counters(): Promise<Record<string, number>> {
    const named = Object.entries(this.server.metrics.counts).map(([series, value]): [string, number] => [
      series.replace('online_match_', '').replaceAll('-', '_'),
      value,
    ]);
    return Object.fromEntries(named);
  }

  async stop(): Promise<void> {
    this.server.scheduler.stop();
  }

  private openSocket(user: User): Socket {
    const session = this.server.openSession(user);
    const { scheduler } = this.server;
    const post = (frame: string | { close: string }) => {
      session.inbox.push(frame);
      scheduler.wake();
    };
    return {
      send: (envelope) => post(JSON.stringify(envelope)),
      sendText: post,
      onEnvelope: (listener) => {
        const earlier = session.onEnvelope;
        session.onEnvelope = (envelope: Envelope) => {
          earlier(envelope);
          listener(structuredClone(envelope));
        };
      },
      onClose: (listener) => {
        session.onClose = listener;
      },
      close: () => post({ close: 'closed by the client' }),
      // A server whose write fails closes at once, one that only reads serves what came first.
      terminate: () => (this.server.random.next() < 0.5 ? session.close('gone') : post({ close: 'gone' })),
      timer: scheduler.timer,
    };
  }
}
