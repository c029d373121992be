/** How often what was reached, by name: `data dropped: malformed`. */
export class Tally {
  private readonly counts = new Map<string, number>();
  /** What most was sent for one frame, in bytes, and for which. */
  largestAnswer = { bytes: 0, frame: '' };

  add(name: string, count = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + count);
  }

  of(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  answered(bytes: number, frame: unknown): void {
    if (bytes > this.largestAnswer.bytes) {
      this.largestAnswer = { bytes, frame: JSON.stringify(frame).slice(0, 200) };
    }
  }

  /** One line for each, sorted by name. */
  get lines(): string[] {
    const width = Math.max(0, ...[...this.counts.values()].map((count) => String(count).length));
    return [...this.counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, count]) => `${String(count).padStart(width)}  ${name}`);
  }
}
