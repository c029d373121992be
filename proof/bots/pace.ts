import { setTimeout as sleep } from 'node:timers/promises';

/** Lets so many through in a second, evenly. */
export class Pace {
  readonly #perSecond: number;
  #next = performance.now();

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  /** Waits for a turn of so many; rejects when `stop` comes first. */
  async turn(count: number, stop: AbortSignal): Promise<void> {
    const now = performance.now();
    const turn = Math.max(now, this.#next);
    this.#next = turn + (1000 * count) / this.#perSecond;
    await sleep(turn - now, undefined, { signal: stop });
  }
}
