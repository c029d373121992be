import { createHistogram } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { candidate, numberOf } from './signals.ts';
import type { Group } from './subjects.ts';

/** Nothing has come for so long: what is missing is lost. */
const LOST_AFTER_MS = 2000;

/** How messages arrived. */
export interface Delivery {
  /** Times from sending to arrival. */
  readonly micros: ReturnType<typeof createHistogram>;
  readonly sent: number;
  readonly lost: number;
}

/** Each message after the one before has arrived, and a pause of at most so long. */
export async function oneByOne(group: Group, count: number, longestPauseMs: number): Promise<Delivery> {
  const micros = createHistogram();
  let arrived = (_: boolean) => {};
  group.onArrival(() => arrived(true));
  let lost = 0;
  for (let number = 0; number < count; number++) {
    if (longestPauseMs > 0) await sleep(Math.random() * longestPauseMs);
    const arrival = new Promise<boolean>((resolve) => {
      arrived = resolve;
    });
    const patience = setTimeout(() => arrived(false), LOST_AFTER_MS);
    const sentAt = performance.now();
    group.send(0, 1, candidate(number));
    if (await arrival) micros.record(microsSince(sentAt));
    else lost++;
    clearTimeout(patience);
  }
  return { micros, sent: count, lost };
}

/** So many a second between all the pairs, in turns and both ways, whether or not they arrive. */
export async function atRate(
  groups: readonly Group[],
  perSecond: number,
  seconds: number,
): Promise<Delivery> {
  const micros = createHistogram();
  const count = perSecond * seconds;
  const sentAt: number[] = [];
  let arrived = 0;
  let lastArrival = performance.now();
  for (const group of groups) {
    group.onArrival((_from, _to, signal) => {
      if (signal.kind !== 'candidate') return;
      lastArrival = performance.now();
      arrived++;
      micros.record(microsSince(sentAt[numberOf(signal)] ?? lastArrival));
    });
  }
  const begun = performance.now();
  while (sentAt.length < count) {
    const due = Math.min(count, ((performance.now() - begun) / 1000) * perSecond);
    while (sentAt.length < due) {
      const number = sentAt.length;
      const sender = Math.floor(number / groups.length) % 2;
      sentAt.push(performance.now());
      groups[number % groups.length]?.send(sender, 1 - sender, candidate(number));
    }
    await sleep(1);
  }
  while (arrived < count && performance.now() - lastArrival < LOST_AFTER_MS) await sleep(1);
  return { micros, sent: count, lost: count - arrived };
}

const microsSince = (start: number) => Math.max(1, Math.round((performance.now() - start) * 1000));
