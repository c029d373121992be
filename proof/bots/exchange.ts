import type { Tally } from './tally.ts';

/** One direction of one pair: what was sent, and what of it has come. */
interface Line {
  readonly sent: { readonly text: string; readonly at: number; arrived: boolean }[];
  arrived: number;
  /** The place of the latest of those that have come. */
  latest: number;
}

export interface ExchangeOptions {
  /** Session ids come in as the players do. */
  readonly players: number;
  /** Messages from each player to each other one. */
  readonly perLine: number;
  readonly tally: Pick<Tally, 'time' | 'count'>;
  /** Everything from and to this player has come. */
  readonly onDone: (sessionId: string) => void;
}

/** The messages of one room, from both ends: each must come once, in order, unchanged, to the right player. */
export class Exchange {
  readonly done: Promise<void>;
  /** How many messages have come. */
  arrivals = 0;
  readonly #lines = new Map<string, Line>();
  readonly #options: ExchangeOptions;
  /** Complete lines from and to each player. */
  readonly #complete = new Map<string, number>();
  #completeLines = 0;
  #resolve!: () => void;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    this.done = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** To be called before the message is handed to the socket. */
  sent(from: string, to: string, text: string): void {
    this.#line(from, to).sent.push({ text, at: performance.now(), arrived: false });
    this.#options.tally.count('sent');
  }

  arrived(from: string, to: string, text: string): void {
    const { tally, perLine } = this.#options;
    const line = this.#line(from, to);
    const place = line.sent.findIndex((message) => message.text === text);
    const message = line.sent[place];
    if (message === undefined || message.arrived) {
      tally.count(message === undefined ? 'stray' : 'doubled');
      return;
    }
    message.arrived = true;
    tally.count('arrived');
    tally.time('hop', performance.now() - message.at);
    if (place < line.latest) tally.count('disordered');
    line.latest = Math.max(line.latest, place);
    line.arrived++;
    this.arrivals++;
    if (line.arrived === perLine) this.#completed(from, to);
  }

  /** What was sent and has not come, as `from → to: count`. */
  missing(): { readonly count: number; readonly pairs: readonly string[] } {
    const open = [...this.#lines].filter(([, line]) => line.arrived < line.sent.length);
    const pairs = open.map(([pair, line]) => `${pair}: ${line.sent.length - line.arrived}`);
    return { count: open.reduce((sum, [, line]) => sum + line.sent.length - line.arrived, 0), pairs };
  }

  #line(from: string, to: string): Line {
    const pair = `${from} → ${to}`;
    const line = this.#lines.get(pair) ?? { sent: [], arrived: 0, latest: -1 };
    this.#lines.set(pair, line);
    return line;
  }

  #completed(from: string, to: string): void {
    const { players, onDone } = this.#options;
    for (const one of [from, to]) {
      const lines = (this.#complete.get(one) ?? 0) + 1;
      this.#complete.set(one, lines);
      if (lines === 2 * (players - 1)) onDone(one);
    }
    if (++this.#completeLines === players * (players - 1)) this.#resolve();
  }
}
