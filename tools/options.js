// @ts-check
// Plain JavaScript: what is asked for is checked before any package is installed.
import { isIPv4 } from 'node:net';
import { flagsIn } from './flags.js';
import { portsAt } from './stack/port-numbers.js';
import { Problem } from './stack/problem.js';

/**
 * @typedef {object} StartOptions
 * @property {boolean} help
 * @property {boolean} verbose
 * @property {boolean} reset whether the stack's data is removed first
 * @property {boolean} turn whether a TURN server runs beside it
 * @property {string} host
 * @property {string | null} data where the stack keeps its data; null is a folder that goes with the API port
 * @property {import('./stack/port-numbers.js').StackPorts} ports
 */

export const startHelp = `npm start [-- OPTIONS]

Runs a Nakama server with this module on this machine, and a page to try it: builds both, builds Nakama once with
Go, starts a PostgreSQL of its own, migrates, and waits until the server is healthy. Ctrl-C stops all of it; data
stays.

Options, each also as an environment variable:
  --port N            NAKAMA_PORT            API; the default is 7350. gRPC listens on N-1.
  --console-port N    NAKAMA_CONSOLE_PORT    console; the default is the API port + 1. gRPC listens on N-3.
  --metrics-port N    NAKAMA_METRICS_PORT    Prometheus metrics; the default is the API port + 2
  --database-port N   NAKAMA_DATABASE_PORT   PostgreSQL; the default is the API port + 3
  --page-port N       NAKAMA_PAGE_PORT       the page to try; the default is the API port + 4
  --host ADDRESS      NAKAMA_HOST            where API and page listen; 127.0.0.1, or 0.0.0.0 for other devices too
  --data FOLDER       NAKAMA_DATA            database and log; the default goes with the API port: .data/stack-7350,
                                             for root a folder of /var/lib/nakama-online-match
  --reset                                    removes database and log of an earlier start, and begins anew
  --turn                                     runs a TURN server, too: coturn, which root gets installed on Debian; it
                                             listens on the API port + 5
  --verbose                                  shows all that Nakama logs, not only warnings and the module's lines

A second stack beside the first, with data of its own: npm start -- --port 7450

Environment:
  ONLINE_MATCH_*   a setting of the module, over the one in local.yml: ONLINE_MATCH_MAX_PLAYERS=8 npm start
  NAKAMA_BIN       a Nakama executable; else it is built once with Go and kept in the user's cache folder
  DATABASE_URL     a PostgreSQL to use, postgresql://user:password@host:port/database; else one is started
`;

const flags = /** @type {const} */ ({
  help: { type: 'boolean', short: 'h' },
  verbose: { type: 'boolean' },
  reset: { type: 'boolean' },
  turn: { type: 'boolean' },
  host: { type: 'string' },
  data: { type: 'string' },
  port: { type: 'string' },
  'console-port': { type: 'string' },
  'metrics-port': { type: 'string' },
  'database-port': { type: 'string' },
  'page-port': { type: 'string' },
});

/**
 * Reads what the user asked for; flags win over the environment.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {StartOptions}
 */
export function startOptions(args, env) {
  const given = flagsIn('npm start', args, flags);
  /** @type {(flag: keyof typeof flags, variable: string, fallback: number) => number} */
  const port = (flag, variable, fallback) => portNumber(`--${flag}`, given[flag] ?? env[variable], fallback);
  const usual = portsAt(port('port', 'NAKAMA_PORT', 7350));
  return {
    help: given.help ?? false,
    verbose: given.verbose ?? false,
    reset: given.reset ?? false,
    host: addressToListenOn(given.host ?? env.NAKAMA_HOST ?? '127.0.0.1'),
    turn: given.turn ?? false,
    data: given.data ?? env.NAKAMA_DATA ?? null,
    ports: {
      api: usual.api,
      console: port('console-port', 'NAKAMA_CONSOLE_PORT', usual.console),
      metrics: port('metrics-port', 'NAKAMA_METRICS_PORT', usual.metrics),
      database: port('database-port', 'NAKAMA_DATABASE_PORT', usual.database),
      page: port('page-port', 'NAKAMA_PAGE_PORT', usual.page),
    },
  };
}

/** @type {(flag: string, given: string | boolean | undefined, fallback: number) => number} */
function portNumber(flag, given, fallback) {
  if (given === undefined || given === '') return fallback;
  const port = Number(given);
  if (Number.isInteger(port) && port >= 1024 && port <= 65_500) return port;
  throw new Problem(`${flag} is ${JSON.stringify(given)}: allowed are whole numbers from 1024 to 65500.`);
}

/** @param {string} given */
function addressToListenOn(given) {
  if (isIPv4(given)) return given;
  throw new Problem(
    `--host is ${JSON.stringify(given)}: allowed are addresses of this machine such as 127.0.0.1, and 0.0.0.0 for all.`,
  );
}
