import type { Timer } from '../players/inbox.ts';
import type { Random } from '../random.ts';

/** Something that runs by itself in the server (a goroutine): a socket, a match, the tracker. */
export interface Actor {
  ready(): boolean;
  step(): void;
}

/** Something that happens as time passes. */
export interface Ticker {
  nextAtMs: number;
  tick(): void;
}

/**
 * Lets the actors take steps in an order that the seed chooses. Time stands still while anything can
 * run or a test can go on; it jumps to the next event when tests only wait.
 */
export class Scheduler {
  nowMs = 1_700_000_000_000;
  readonly actors = new Set<Actor>();
  readonly tickers = new Set<Ticker>();
  private readonly alarms = new Set<Ticker>();
  private readonly inStep = new Set<Actor>();
  private running = false;
  private stopped = false;

  constructor(
    private readonly random: Random,
    private readonly failed: (error: Error) => void,
  ) {}

  /** To be called whenever an actor may have become ready. */
  wake(): void {
    if (this.running || this.stopped) return;
    this.running = true;
    setImmediate(() => this.run());
  }

  readonly timer: Timer = (timeoutMs, then) => {
    const alarm = {
      nextAtMs: this.nowMs + timeoutMs,
      tick: () => {
        this.alarms.delete(alarm);
        then();
      },
    };
    this.alarms.add(alarm);
    this.wake();
    return () => this.alarms.delete(alarm);
  };

  stop(): void {
    this.stopped = true;
  }

  private run(): void {
    const stepped = this.settle();
    if (this.stopped || (!stepped && this.alarms.size === 0)) {
      this.running = false;
      return;
    }
    if (!stepped) this.passTime();
    setImmediate(() => this.run());
  }

  /** Somebody waits in the middle of their step: up to so many steps of others meanwhile. */
  letOthersRun(steps: number): void {
    for (let step = 0; step < steps && this.stepAny(); step++);
  }

  /** Lets so much time pass at once, for whoever drives the server step by step. */
  advance(ms: number): void {
    const end = this.nowMs + ms;
    while (this.nowMs < end) {
      this.settle();
      const next = Math.min(end, ...[...this.tickers, ...this.alarms].map(({ nextAtMs }) => nextAtMs));
      if (next < end) this.passTime();
      else this.nowMs = end;
    }
    this.settle();
  }

  private settle(): boolean {
    let stepped = false;
    while (this.stepAny()) stepped = true;
    return stepped;
  }

  private stepAny(): boolean {
    const ready = [...this.actors].filter((actor) => !this.inStep.has(actor) && actor.ready());
    if (ready.length === 0) return false;
    const actor = this.random.pick(ready);
    this.inStep.add(actor);
    try {
      actor.step();
    } catch (error) {
      this.failed(error as Error);
    }
    this.inStep.delete(actor);
    return true;
  }

  private passTime(): void {
    const all = [...this.tickers, ...this.alarms];
    this.nowMs = Math.max(this.nowMs, Math.min(...all.map(({ nextAtMs }) => nextAtMs)));
    for (const ticker of all) if (ticker.nextAtMs <= this.nowMs) ticker.tick();
  }
}
