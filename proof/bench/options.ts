import { flagsIn } from '../../tools/flags.js';
import { Problem } from '../../tools/stack/problem.js';

export const MEASURES = ['connect', 'hop', 'mesh', 'room-cost', 'dearest', 'listing', 'coming-back'] as const;

export interface BenchOptions {
  readonly help: boolean;
  readonly quick: boolean;
  readonly only: readonly string[];
  /** Files to write; null is none. */
  readonly json: string | null;
  readonly markdown: string | null;
}

export const benchHelp = `npm run bench [-- OPTIONS]

Measures this module beside what else a game could signal over, all on this machine and in one run: a stock relayed
match, on a Nakama without the module and on one with it; an authoritative match as tutorials write it; a PeerJS server;
an empty match handler, the least that a room can cost; and of every opcode, dialect and size the dearest message of a
client, beside a relayed one; a page of the public rooms, among 2,000; and how soon a player is back who lost their
socket, and a match has another host. Prints tables that can be pasted as markdown. Takes about a quarter of an hour; leave the machine
alone meanwhile.

Options:
  --quick            in less than a minute: to see that it works, not for figures to go by
  --only MEASURES    some of ${MEASURES.join(',')}
  --json FILE        also writes every figure of every round
  --markdown FILE    also writes the tables, with a text about them: docs/benchmarks.md

Ends with exit code 1 when a message through a room of this module was lost, never for being slow.

Environment:
  NAKAMA_BIN      a Nakama executable; else it is built once with Go
  DATABASE_URL    a PostgreSQL to use, postgresql://user:password@host:port/database; else one is started
`;

const flags = {
  help: { type: 'boolean', short: 'h' },
  quick: { type: 'boolean' },
  only: { type: 'string' },
  json: { type: 'string' },
  markdown: { type: 'string' },
} as const;

export function benchOptions(args: string[]): BenchOptions {
  const {
    help = false,
    quick = false,
    only,
    json = null,
    markdown = null,
  } = flagsIn('npm run bench', args, flags);
  return { help, quick, only: only === undefined ? MEASURES : measuresIn(only), json, markdown };
}

function measuresIn(only: string): string[] {
  const names = only.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !MEASURES.some((measure) => measure === name));
  if (unknown === undefined) return names;
  throw new Problem(`--only knows ${MEASURES.join(', ')}, and not ${JSON.stringify(unknown)}.`);
}
