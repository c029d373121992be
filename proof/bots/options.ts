import { availableParallelism } from 'node:os';
import { flagsIn } from '../../tools/flags.js';
import { Problem } from '../../tools/stack/problem.js';
import { serverKey } from '../../tools/welcome.ts';
import { isWay, WAYS, type Way } from './ways.ts';

export interface BotsOptions {
  readonly help: boolean;
  readonly rooms: number;
  readonly players: number;
  readonly minutes: number;
  readonly staySec: number;
  readonly candidates: number;
  readonly mix: readonly Way[];
  /** Players that arrive in a second, at most. */
  readonly rate: number;
  readonly workers: number;
  readonly host: string;
  readonly port: number;
  readonly ssl: boolean;
  readonly serverKey: string;
  /** Null: it does not matter. */
  readonly limits: { readonly [limit in Limit]: number | null };
  readonly json: string | null;
}

export type Limit = 'max-errors' | 'max-lost' | 'max-hop-p99-ms' | 'max-ready-p99-ms';

/** In how many seconds all players come in, where no rate is asked for. */
const rampSec = 20;
const mostPlayers = 8_000;

export const botsHelp = `npm run bots [-- OPTIONS]

Plays online matches on a server that runs, with bots: web players with nakama-js, in processes of their own. They find
each other by the matchmaker, or create rooms and join them by id, learn who is in, exchange offers, answers and
candidates pair by pair, stay a while, leave, and play the next room with others' rooms beside them. Every message must
arrive once, in order, unchanged, at the right player and at nobody else. Start a server with npm start first, in another
terminal.

  npm run bots
  npm run bots -- --rooms 200 --players 4 --minutes 2
  npm run bots -- --host game.example.org --port 443 --ssl --server-key KEY --rooms 20

What is played:
  --rooms N              rooms at a time; 50
  --players N            players in each; 4
  --minutes N            for so long, also 0.5; 1. Rooms that are being played then are finished.
  --stay SECONDS         players stay so long once they have exchanged everything; 20
  --candidates N         candidates from each player to each other one; 8, and at most 64
  --mix WAYS             the ways into rooms, in turn; ${WAYS.join(',')}.
                         rpc: create_online_match, then all join by its id; create_match: as the addon's host does it.
                         A way named twice is taken twice as often.
  --rate N               players that arrive in a second, at most; the default lets all in within ${rampSec} s
  --workers N            processes; one per core

Where:
  --host ADDRESS         127.0.0.1
  --port N               NAKAMA_PORT, or 7350
  --ssl                  https and wss
  --server-key KEY       that of local.yml

It ends with a report, and with exit code 1 when one of these is exceeded, or no room was finished:
  --max-errors N         requests refused, sockets closed, things waited for in vain; 0
  --max-lost N           messages that did not arrive; 0. One that comes twice, out of order, changed or at the wrong
                         player always fails.
  --max-hop-p99-ms N     one message from player to player
  --max-ready-p99-ms N   from a player's request to join to their last pair
  --json FILE            writes the report's figures into a file, too

Ctrl-C ends it early and in order, with a report. The accounts that the bots made are deleted in the end.
`;

const flags = {
  help: { type: 'boolean', short: 'h' },
  rooms: { type: 'string' },
  players: { type: 'string' },
  minutes: { type: 'string' },
  stay: { type: 'string' },
  candidates: { type: 'string' },
  mix: { type: 'string' },
  rate: { type: 'string' },
  workers: { type: 'string' },
  host: { type: 'string' },
  port: { type: 'string' },
  ssl: { type: 'boolean' },
  'server-key': { type: 'string' },
  'max-errors': { type: 'string' },
  'max-lost': { type: 'string' },
  'max-hop-p99-ms': { type: 'string' },
  'max-ready-p99-ms': { type: 'string' },
  json: { type: 'string' },
} as const;

type Given = Readonly<Record<keyof typeof flags, string | boolean | undefined>>;

export function botsOptions(args: string[], env: NodeJS.ProcessEnv): BotsOptions {
  const given = flagsIn('npm run bots', args, flags) as Given;
  const whole = (flag: keyof Given, fallback: number, lowest: number, highest: number) =>
    number(flag, given[flag], fallback, lowest, highest, Number.isInteger);
  const real = (flag: keyof Given, fallback: number, lowest: number, highest: number) =>
    number(flag, given[flag], fallback, lowest, highest, Number.isFinite);
  const limit = (flag: Limit, fallback: number | null) =>
    given[flag] === undefined ? fallback : real(flag, 0, 0, 1e9);

  const rooms = whole('rooms', 50, 1, mostPlayers / 2);
  const players = whole('players', 4, 2, 16);
  if (rooms * players > mostPlayers) {
    throw new Problem(`${rooms} rooms of ${players} players are more than ${mostPlayers} sockets.`);
  }
  return {
    help: given.help === true,
    rooms,
    players,
    minutes: real('minutes', 1, 0.01, 24 * 60),
    staySec: real('stay', 20, 0, 3600),
    candidates: whole('candidates', 8, 0, 64),
    mix: mix(given.mix),
    rate: real('rate', Math.max(10, (rooms * players) / rampSec), 0.1, 1_000),
    workers: Math.min(rooms, whole('workers', availableParallelism(), 1, 64)),
    host: text(given.host) ?? '127.0.0.1',
    port: number('port', given.port ?? env.NAKAMA_PORT, 7350, 1, 65_535, Number.isInteger),
    ssl: given.ssl === true,
    serverKey: text(given['server-key']) ?? serverKey(),
    limits: {
      'max-errors': limit('max-errors', 0),
      'max-lost': limit('max-lost', 0),
      'max-hop-p99-ms': limit('max-hop-p99-ms', null),
      'max-ready-p99-ms': limit('max-ready-p99-ms', null),
    },
    json: text(given.json) ?? null,
  };
}

function number(
  flag: string,
  given: string | boolean | undefined,
  fallback: number,
  lowest: number,
  highest: number,
  isAllowed: (value: number) => boolean,
): number {
  if (given === undefined || given === '') return fallback;
  const value = Number(given);
  if (isAllowed(value) && value >= lowest && value <= highest) return value;
  const kind = isAllowed === Number.isInteger ? 'whole numbers' : 'numbers';
  throw new Problem(
    `--${flag} is ${JSON.stringify(given)}: allowed are ${kind} from ${lowest} to ${highest}.`,
  );
}

function mix(given: string | boolean | undefined): readonly Way[] {
  if (given === undefined) return WAYS;
  const ways = String(given).split(',');
  if (ways.every(isWay)) return ways;
  throw new Problem(
    `--mix is ${JSON.stringify(given)}: allowed are ${WAYS.join(', ')}, separated by commas.`,
  );
}

function text(given: string | boolean | undefined): string | undefined {
  return typeof given === 'string' && given !== '' ? given : undefined;
}
