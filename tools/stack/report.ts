import { tell } from './problem.js';

const stillBusyAfterMs = 5_000;

/** What the user sees of the work: one line per step, with seconds while a long one goes on. */
export class Report {
  private readonly out: NodeJS.WriteStream = process.stdout;

  say(line = ''): void {
    this.out.write(`${line}\n`);
  }

  /** Runs a step under its title; plain lines, so that a log file reads like the terminal. */
  async step<T>(title: string, work: () => Promise<T>): Promise<T> {
    const started = Date.now();
    const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
    this.say(`• ${title}`);
    const ticker = setInterval(() => this.say(`  … ${seconds()}`), stillBusyAfterMs);
    try {
      const result = await work();
      if (Date.now() - started > stillBusyAfterMs) this.say(`  done in ${seconds()}`);
      return result;
    } finally {
      clearInterval(ticker);
    }
  }

  /** Says what went wrong. */
  fail(error: unknown): void {
    tell(error);
  }
}
