import { SingleBar } from 'cli-progress';

const LINE_EVERY_MS = 10_000;

/** How far a run is: a bar on a terminal, elsewhere a line now and then. */
export class Progress {
  private readonly started = Date.now();
  private said = Date.now();
  private readonly bar: SingleBar | null;

  constructor(
    private readonly title: string,
    private readonly total: number,
  ) {
    const format = `  ${title} [{bar}] {value} of {total} frames, {rate}/s, {eta_formatted} left`;
    this.bar = process.stdout.isTTY ? new SingleBar({ format, hideCursor: true }) : null;
    this.bar?.start(total, 0, { rate: 0 });
  }

  at(frames: number): void {
    this.bar?.update(frames, { rate: this.rateAt(frames) });
    if (this.bar !== null || Date.now() - this.said < LINE_EVERY_MS) return;
    this.said = Date.now();
    console.log(`  ${this.title}: ${frames} of ${this.total} frames, ${this.rateAt(frames)}/s`);
  }

  end(): void {
    this.bar?.stop();
  }

  rateAt(frames: number): number {
    return Math.round((frames * 1000) / Math.max(1, Date.now() - this.started));
  }
}
