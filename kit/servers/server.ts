import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectDir } from '../../tools/stack/folders.ts';
import { migrate, startNakama } from '../../tools/stack/nakama-server.ts';
import type { Ports } from '../../tools/stack/port-numbers.js';
import { freePorts } from '../../tools/stack/ports.ts';

export interface ServerOptions {
  /** Nakama flags without `--`: `{ 'match.signal_queue_size': '10' }`. */
  config?: Record<string, string>;
  /** The module's settings: `{ ONLINE_MATCH_SEAT_SEC: '1' }`. */
  env?: Record<string, string>;
  /** The YAML file, from the project's folder; null starts with Nakama's own defaults. */
  configFile?: 'local.yml' | null;
  /** The bundle, from the project's folder. */
  modulePath?: string;
  /** The database of an earlier server (its `databaseUrl`), to restart on. */
  databaseUrl?: string;
  /** Those of an earlier server (its `ports`), to restart where its clients look for it. */
  ports?: Ports;
}

export interface Server {
  host: string;
  port: number;
  consolePort: number;
  metricsPort: number;
  ports: Ports;
  serverKey: string;
  httpKey: string;
  databaseUrl: string;
  pid: number;
  /** Every line logged so far, as JSON text. */
  log(): readonly string[];
  /** Stops the server; resolves when its process is gone. */
  stop(): Promise<void>;
}

const startTries = 3;

/**
 * Starts a real Nakama with the built bundle, local.yml, free ports and a database of its own, and waits until
 * it is healthy. Resolves to `{ host, port, serverKey, httpKey, consolePort, metricsPort, ports, databaseUrl,
 * pid, log(), stop() }`. Rejects with the module's own sentence where it stops the server.
 */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const { NAKAMA_BIN: binary, TEST_DATABASE_URL: database } = process.env;
  if (!binary || !database) {
    throw new Error('this test needs a real Nakama: run it as `npm test -- <path>`, which provides one');
  }
  const dataDir = await mkdtemp(path.join(tmpdir(), 'online-match-nakama-'));
  const configFile = options.configFile === undefined ? 'local.yml' : options.configFile;
  const databaseUrl = options.databaseUrl ?? databaseNamed(database, newDatabaseName());
  try {
    if (!options.databaseUrl) await migrate({ binary, databaseUrl, dataDir });
    for (let tries = 1; ; tries++) {
      const ports = options.ports ?? (await freePorts());
      try {
        const nakama = await startNakama({
          binary,
          dataDir,
          databaseUrl,
          ports,
          configFile: configFile && path.join(projectDir, configFile),
          modulePath: path.resolve(projectDir, options.modulePath ?? 'build/index.js'),
          config: {
            'database.max_open_conns': '10',
            'runtime.js_min_count': '4',
            'runtime.http_key': 'test-http-key',
            'socket.server_key': 'test-server-key',
            ...options.config,
          },
          ...(options.env && { env: options.env }),
        });
        return {
          host: '127.0.0.1',
          port: ports.api,
          consolePort: ports.console,
          metricsPort: ports.metrics,
          ports,
          serverKey: 'test-server-key',
          httpKey: 'test-http-key',
          databaseUrl,
          pid: nakama.pid,
          log: () => nakama.lines,
          stop: async () => {
            await nakama.stop();
            await rm(dataDir, { recursive: true, force: true });
          },
        };
      } catch (error) {
        const wasTaken = (error as Error).message.includes('address already in use');
        if (!wasTaken || tries === startTries) throw error;
      }
    }
  } catch (error) {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
}

/** `npm test` drops what has its prefix. */
function newDatabaseName(): string {
  return `${process.env.TEST_DATABASE_PREFIX ?? 'online_match_test_'}${randomUUID().slice(0, 8)}`;
}

function databaseNamed(url: string, name: string): string {
  const named = new URL(url);
  named.pathname = `/${name}`;
  return named.href;
}
