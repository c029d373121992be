import { flagsIn } from '../../tools/flags.js';
import { Problem } from '../../tools/stack/problem.js';

export interface FuzzOptions {
  readonly help: boolean;
  /** Frames on the room, and on a real server. */
  readonly frames: number;
  readonly real: number;
  readonly seed: number;
  /** A file to play again, or null. */
  readonly replay: string | null;
  /** Where a failure is written to. */
  readonly output: string;
}

export const fuzzHelp = `npm run fuzz [-- OPTIONS]

Sends this module what no honest client would send: spoilt recordings, wrong types, foreign and huge ids, any
opcode, deep JSON, bytes; as a stranger, a member, a host, a matched player and a caller of RPCs. First to the
module itself on a fake Nakama, then over real sockets to a real server, beside well-behaved players, who must
not notice. Whatever is found is made small and written to a file.

  --frames N      frames on the fake server; the default is 100000
  --real N        frames on a real server, which is started for it; the default is 5000, and 0 starts none
  --seed N        the same seed sends the same frames; the default is another one each time
  --replay FILE   plays a file again that an earlier run wrote, and nothing else
  --output FILE   where a failure goes; the default is build/fuzz-replay.json
`;

const flags = {
  help: { type: 'boolean', short: 'h' },
  frames: { type: 'string' },
  real: { type: 'string' },
  seed: { type: 'string' },
  replay: { type: 'string' },
  output: { type: 'string' },
} as const;

export function fuzzOptions(args: string[]): FuzzOptions {
  const given = flagsIn('npm run fuzz', args, flags);
  return {
    help: given.help ?? false,
    frames: wholeNumber('--frames', given.frames, 100_000),
    real: wholeNumber('--real', given.real, 5_000),
    seed: wholeNumber('--seed', given.seed, Math.floor(Math.random() * 1e9)),
    replay: given.replay ?? null,
    output: given.output ?? 'build/fuzz-replay.json',
  };
}

function wholeNumber(flag: string, given: string | undefined, fallback: number): number {
  if (given === undefined) return fallback;
  if (/^\d{1,9}$/.test(given)) return Number(given);
  throw new Problem(`${flag} is ${JSON.stringify(given)}: allowed are whole numbers up to 999999999.`);
}
