import { inspect } from 'node:util';

/** One thing that arrived. `taken` once a test has asked for it. */
export interface Item<Body> {
  kind: string;
  body: Body;
  taken: boolean;
}

type Kind<Kinds> = keyof Kinds & string;

/** Where waiting time comes from: the real clock, or the fake server's. Returns how to cancel. */
export type Timer = (timeoutMs: number, then: () => void) => () => void;

export const realTimer: Timer = (timeoutMs, then) => {
  const timer = setTimeout(then, timeoutMs);
  return () => clearTimeout(timer);
};

type Waiter<Body> = { fits: (item: Item<Body>) => boolean; found: (body: Body) => void; lost: () => void };

/**
 * Records everything that arrives and hands each item to the test once, in order of arrival. `Kinds` has what
 * comes with each kind of item: `{ data: MatchData; matched: MatchmakerMatched }`.
 */
export class Inbox<Kinds extends object, Body extends Kinds[keyof Kinds] = Kinds[keyof Kinds]> {
  readonly items: Item<Body>[] = [];
  private waiters: Waiter<Body>[] = [];
  private closedBecause: string | undefined;

  constructor(
    private readonly owner: () => string,
    private readonly timer: Timer,
    private readonly timeoutMs = 30_000,
  ) {}

  record<K extends Kind<Kinds>>(kind: K, body: Kinds[K]): void {
    const item = { kind, body: body as Body, taken: false };
    this.items.push(item);
    const waiter = this.waiters.find(({ fits }) => fits(item));
    if (waiter) this.give(item, waiter);
  }

  /** Nothing comes any more: whoever waits, waits in vain. */
  close(reason: string): void {
    this.closedBecause ??= reason;
    for (const waiter of [...this.waiters]) waiter.lost();
  }

  /** The first item of this kind that fits and has not been taken, now or when it comes. */
  next<K extends Kind<Kinds>>(kind: K, where: (body: Kinds[K]) => boolean = () => true): Promise<Kinds[K]> {
    return this.first((item) => item.kind === kind && where(item.body as Kinds[K]), kind) as Promise<
      Kinds[K]
    >;
  }

  /** The same, of whatever kind; a timeout says that `wanted` did not come. */
  first(where: (item: Item<Body>) => boolean, wanted: string): Promise<Body> {
    const fits = (item: Item<Body>) => !item.taken && where(item);
    const here = this.items.find(fits);
    if (here) {
      here.taken = true;
      return Promise.resolve(here.body);
    }
    const asked = new Error();
    return new Promise((resolve, reject) => {
      const fail = (why: string) => {
        this.waiters = this.waiters.filter((other) => other !== waiter);
        asked.message = `${this.owner()} ${why} waiting for ${wanted}. ${this.arrived()}`;
        reject(asked);
      };
      const cancel = this.timer(this.timeoutMs, () => fail(`spent ${this.timeoutMs / 1000} s`));
      const waiter: Waiter<Body> = {
        fits,
        found: (body) => {
          cancel();
          resolve(body);
        },
        lost: () => {
          cancel();
          fail(`was closed (${this.closedBecause})`);
        },
      };
      this.waiters.push(waiter);
      if (this.closedBecause !== undefined) waiter.lost();
    });
  }

  /** Everything of this kind so far, taken or not. */
  all<K extends Kind<Kinds>>(kind: K): Kinds[K][] {
    return this.items.filter((item) => item.kind === kind).map((item) => item.body as Kinds[K]);
  }

  /** What no test has asked for yet. */
  unread(kind?: Kind<Kinds>): Item<Body>[] {
    return this.items.filter((item) => !item.taken && (kind === undefined || item.kind === kind));
  }

  private give(item: Item<Body>, waiter: Waiter<Body>): void {
    item.taken = true;
    this.waiters = this.waiters.filter((other) => other !== waiter);
    waiter.found(item.body);
  }

  private arrived(): string {
    const lines = this.items.map(
      ({ kind, body, taken }) =>
        `  ${taken ? '·' : '»'} ${kind} ${inspect(body, { breakLength: Infinity, depth: 6 })}`,
    );
    return `What arrived (» not read yet):\n${lines.slice(-60).join('\n') || '  nothing'}`;
  }
}
