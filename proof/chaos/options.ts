import { flagsIn } from '../../tools/flags.js';
import { Problem } from '../../tools/stack/problem.js';
import type { Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios/index.ts';

export interface ChaosOptions {
  readonly help: boolean;
  readonly minutes: number;
  readonly seed: number;
  readonly only: readonly Scenario[];
  readonly steadyRooms: number;
  /** The bundle; null builds that of the project. */
  readonly bundle: string | null;
}

export const chaosHelp = `npm run chaos [-- OPTIONS]

Starts a Nakama with this module and a PostgreSQL, both its own and on free ports, lets players play in rooms all the
while, and breaks things: sockets that end in the middle of a join, networks that go silent, clients that read no
more, the server and the database stopped, members and users who send and ask for the worst. After each it checks that
what must end has ended in time and that nothing is left: rooms, seats, held messages, sessions, memory. A table says
what was done and what came of it, another one what attackers cost the others, for which the machine must have nothing
else to do; exit code 1 if anything does not hold.

Options:
  --minutes N       how long, at least; 3. Every scenario runs at least once.
  --seed N          of all random choices; a run prints its own, and with a failure the one that repeats it
  --only NAME,…     of the scenarios below; all
  --rooms N         rooms that are played in all the while; 2
  --bundle FILE     another bundle than this project's

Scenarios:
${SCENARIOS.map(({ name, what }) => `  ${name.padEnd(17)} ${what}`).join('\n')}
`;

const flags = {
  help: { type: 'boolean', short: 'h' },
  minutes: { type: 'string' },
  seed: { type: 'string' },
  only: { type: 'string' },
  rooms: { type: 'string' },
  bundle: { type: 'string' },
} as const;

export function chaosOptions(args: string[]): ChaosOptions {
  const given = flagsIn('npm run chaos', args, flags);
  return {
    help: given.help ?? false,
    minutes: number('--minutes', given.minutes, 3, 0, 600),
    seed: number('--seed', given.seed, Math.floor(Math.random() * 1e6), 0, 1e9),
    only: given.only === undefined ? SCENARIOS : given.only.split(',').map(scenarioNamed),
    steadyRooms: number('--rooms', given.rooms, 2, 1, 50),
    bundle: given.bundle ?? null,
  };
}

function number(flag: string, given: string | undefined, fallback: number, lowest: number, highest: number) {
  if (given === undefined) return fallback;
  const value = given.trim() === '' ? Number.NaN : Number(given);
  if (value >= lowest && value <= highest) return value;
  throw new Problem(`${flag} is ${JSON.stringify(given)}: allowed are numbers from ${lowest} to ${highest}.`);
}

function scenarioNamed(name: string): Scenario {
  const found = SCENARIOS.find((scenario) => scenario.name === name);
  if (found) return found;
  const names = SCENARIOS.map((scenario) => scenario.name).join(', ');
  throw new Problem(`There is no scenario ${JSON.stringify(name)}; there are ${names}.`);
}
