import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import { type Delta, FATES, type Fate, type Outcome, TIMES, type Time } from './tally.ts';
import type { Trouble } from './trouble.ts';
import { WAYS, type Way } from './ways.ts';

/** Kinds beyond these are counted as one, so that a server gone mad fills no memory. */
const mostKinds = 50;

export interface TroubleCount extends Trouble {
  count: number;
}

/** What all workers have told. */
export class Totals {
  readonly times = Object.fromEntries(Object.keys(TIMES).map((time) => [time, createHistogram()])) as Record<
    Time,
    RecordableHistogram
  >;
  readonly fates = Object.fromEntries(Object.keys(FATES).map((fate) => [fate, 0])) as Record<Fate, number>;
  readonly rooms = Object.fromEntries(WAYS.map((way) => [way, { finished: 0, failed: 0, cut: 0 }])) as Record<
    Way,
    Record<Outcome, number>
  >;
  readonly troubles = new Map<string, TroubleCount>();
  lateMs = 0;
  readonly #live = new Map<number, Pick<Delta, 'forming' | 'playing'>>();

  add(worker: number, delta: Delta): void {
    for (const [time, all] of Object.entries(delta.times)) {
      for (const us of all) this.times[time as Time].record(us);
    }
    for (const [fate, count] of Object.entries(delta.fates)) this.fates[fate as Fate] += count;
    for (const { way, outcome } of delta.rooms) this.rooms[way][outcome]++;
    for (const trouble of delta.troubles) this.trouble(trouble);
    this.lateMs = Math.max(this.lateMs, delta.lateMs);
    this.#live.set(worker, delta);
  }

  trouble(trouble: Trouble): void {
    const known = this.troubles.get(kindOf(trouble));
    const kept =
      known ??
      (this.troubles.size < mostKinds ? trouble : { step: 'worker', code: 'others', sentence: 'more kinds' });
    const count = (this.troubles.get(kindOf(kept))?.count ?? 0) + 1;
    this.troubles.set(kindOf(kept), { ...kept, count });
  }

  get forming(): number {
    return this.#sum(({ forming }) => forming);
  }

  get playing(): number {
    return this.#sum(({ playing }) => playing);
  }

  get finished(): number {
    return Object.values(this.rooms).reduce((sum, { finished }) => sum + finished, 0);
  }

  get errors(): number {
    return [...this.troubles.values()].reduce((sum, { count }) => sum + count, 0);
  }

  #sum(of: (live: Pick<Delta, 'forming' | 'playing'>) => number): number {
    return [...this.#live.values()].reduce((sum, live) => sum + of(live), 0);
  }
}

function kindOf({ step, code }: Trouble): string {
  return `${step}: ${code}`;
}
