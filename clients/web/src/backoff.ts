/** The longest pause between two tries, without what chance adds. */
const MAX_PAUSE_MS = 7_000;
const STEP_MS = 300;
const JITTER_MS = 1_000;
const FIRST_JITTER_MS = 100;

/**
 * How long to wait before a try, the first of which has the number 0: hardly, then 0.3, 1.2, 2.7, 4.8, 7, 7 … seconds
 * and up to one more, so that those who lost their sockets together do not all come back together. `chance` is
 * between 0 and 1.
 */
export function pauseBefore(tries: number, chance: number): number {
  const jitter = chance * (tries === 0 ? FIRST_JITTER_MS : JITTER_MS);
  return Math.min(STEP_MS * tries ** 2, MAX_PAUSE_MS) + jitter;
}
