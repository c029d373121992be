import type { Account } from '../../kit/players/socket-player.ts';
import { RealHost } from '../../kit/servers/real-nakama.ts';
import type { ServerOptions } from '../../kit/servers/server.ts';
import type { Database } from './database.ts';
import { countsOf } from './gauges.ts';
import { Steady } from './steady.ts';

/** The times of the rooms, short, so that what must end ends soon. */
export const SECONDS = { creator: 2, seat: 2, noShow: 2, empty: 1, unjoined: 3, away: 12 } as const;

/** How long Nakama waits for a sign of life of a client whose network is gone. */
export const PONG_WAIT_MS = 3000;

const soon = {
  ONLINE_MATCH_CREATOR_SEC: String(SECONDS.creator),
  ONLINE_MATCH_SEAT_SEC: String(SECONDS.seat),
  ONLINE_MATCH_NO_SHOW_SEC: String(SECONDS.noShow),
  ONLINE_MATCH_EMPTY_SEC: String(SECONDS.empty),
  ONLINE_MATCH_UNJOINED_SEC: String(SECONDS.unjoined),
  ONLINE_MATCH_AWAY_SEC: String(SECONDS.away),
};

/** Queues that soon fill up, and no bounds on rooms. */
const fragile: ServerOptions = {
  config: {
    'socket.pong_wait_ms': String(PONG_WAIT_MS),
    'socket.ping_period_ms': '1500',
    'socket.write_wait_ms': '2000',
    // Both small, so that they do fill up.
    'socket.outgoing_queue_size': '128',
    'match.signal_queue_size': '8',
    'metrics.reporting_freq_sec': '1',
  },
  env: {
    ...soon,
    ONLINE_MATCH_CANDIDATE_BURST: '1024',
    ONLINE_MATCH_WAITING_ROOMS: '1000',
    ONLINE_MATCH_CREATIONS_PER_MINUTE: '1000',
    ONLINE_MATCH_ROOMS_PER_USER: '1000',
  },
};

/** As `local.yml` and Nakama have it, but for what ends rooms: a bound on rooms only gives way sooner by that. */
const asShipped: ServerOptions = {
  config: {
    'database.max_open_conns': '50',
    'runtime.js_min_count': '16',
    'matchmaker.interval_sec': '5',
    'match.label_update_interval_ms': '1000',
  },
  env: soon,
};

export interface WorldOptions {
  /** The bundle, from the project's folder; the built one. */
  readonly modulePath?: string;
  /** That the server's database is on, where scenarios may stop it. */
  readonly database?: Database;
  readonly steadyRooms: number;
  /** With the bounds of `local.yml`. */
  readonly isAsShipped?: boolean;
}

/** A server, its database, and rooms that are played in all the while. */
export class World {
  readonly database: Database | null;
  private readonly accounts: Account[] = [];

  private constructor(
    public host: RealHost,
    public steady: Steady,
    private readonly given: WorldOptions,
  ) {
    this.database = given.database ?? null;
  }

  static async start(given: WorldOptions): Promise<World> {
    const host = await startHost(given);
    return new World(host, await Steady.start(host, given.steadyRooms), given);
  }

  get isAsShipped(): boolean {
    return this.given.isAsShipped ?? false;
  }

  get server() {
    return this.host.server;
  }

  /** The same few users again and again: a user more would be memory more. */
  async account(index: number): Promise<Account> {
    const known = this.accounts[index];
    if (known) return known;
    const account = await this.host.signIn();
    this.accounts[index] = account;
    return account;
  }

  /** Ends the server and starts it again where its clients look for it; `between` runs while there is none. */
  async restart(signal: 'SIGTERM' | 'SIGKILL', between: () => Promise<void>): Promise<void> {
    const { ports, databaseUrl, pid } = this.server;
    await this.steady.interrupt(async () => {
      process.kill(pid, signal);
      await this.host.stop();
      await between();
      this.host = await startHost(this.given, { ports, databaseUrl });
      return this.host;
    });
  }

  async stop(): Promise<void> {
    this.steady.stop();
    await this.host.stop();
  }
}

async function startHost(
  { modulePath, isAsShipped }: WorldOptions,
  more: ServerOptions = {},
): Promise<RealHost> {
  const options = isAsShipped ? asShipped : fragile;
  const host = await RealHost.start({ ...options, ...more, ...(modulePath !== undefined && { modulePath }) });
  // The console comes up after the rest, and is what tells whether anything is left.
  await countsOf(host);
  return host;
}
