import { tell } from './problem.js';

const stillBusyAfterMs = 5_000;

/** What the user sees of the work: one line per step, with seconds while a long one goes on. */
export class Report {
  private readonly out: NodeJS.WriteStream = process.stdout;
  private running = 0;

  say(line = ''): void {
    this.out.write(`${line}\n`);
  }

  /**
   * Runs a step under its title; plain lines, so that a log file reads like the terminal. Of steps that go on at the same
   * time each line says which it is about.
   */
  async step<T>(title: string, work: () => Promise<T>): Promise<T> {
    const started = Date.now();
    const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
    this.say(`• ${title}`);
    let isAlone = ++this.running === 1;
    const told = (what: string) => {
      isAlone &&= this.running === 1;
      this.say(`  ${what} ${seconds()}${isAlone ? '' : `: ${title}`}`);
    };
    const ticker = setInterval(() => told('…'), stillBusyAfterMs);
    try {
      const result = await work();
      if (Date.now() - started > stillBusyAfterMs) told('done in');
      return result;
    } finally {
      clearInterval(ticker);
      this.running--;
    }
  }

  /** Says what went wrong. */
  fail(error: unknown): void {
    tell(error);
  }
}
