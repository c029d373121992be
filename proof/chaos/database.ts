import { freePorts } from '../../tools/stack/ports.ts';
import { type Postgres, startPostgres } from '../../tools/stack/postgres.ts';
import { type Link, openLink } from './link.ts';

/** A PostgreSQL that can be taken away from its Nakama. */
export interface Database {
  /** The address of the server, without a database's name, by way of the link. */
  readonly url: string;
  /** "fast" ends its sessions in order, "immediate" as a crash does. */
  stop(how: 'fast' | 'immediate'): Promise<void>;
  start(): Promise<void>;
  /** It answers nobody any more, and says nothing: as a host does whose network or disk hangs. */
  hang(): void;
  recover(): void;
}

export async function openDatabase(dir: string): Promise<Database> {
  const { database: port } = await freePorts();
  // As safe as in production: what was written before a crash must be there after it.
  const options = { dir, port };
  let postgres: Postgres = await startPostgres(options);
  const link: Link = await openLink(port);
  const url = new URL(postgres.url);
  url.port = String(link.port);
  return {
    url: url.href.replace(/\/$/, ''),
    stop: async (how) => {
      if (how === 'immediate') process.kill(postgres.child.pid, 'SIGQUIT');
      await postgres.child.stop();
    },
    start: async () => {
      postgres = await startPostgres(options);
    },
    hang: () => link.freeze(),
    recover: () => link.thaw(),
  };
}
