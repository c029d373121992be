/** What one measure found on one subject. */
export interface Figure {
  /** Heads a table of its own, where a measure has several. */
  readonly section?: string;
  /** What was measured: `hop p50`. */
  readonly name: string;
  readonly unit: 'ms' | 'µs' | 'KB' | 'messages' | 'clients' | 'runs';
  /** What it was measured on, as the tables name it. */
  readonly on: string;
  /** One of each round; the tables show their median and range, and ratios are of medians. */
  readonly rounds: readonly number[];
}

/** Something that is compared: runs its subjects in turns, round by round, and resolves to what it found. */
export interface Measure {
  /** What `--only` calls it. */
  readonly name: string;
  readonly title: string;
  /** What the tables say about it in words: what one figure is, and of how much work. */
  readonly about: (options: MeasureOptions) => string;
  /** The subject that ratios are to. */
  readonly reference: string;
  run(options: MeasureOptions): Promise<Figure[]>;
}

export interface MeasureOptions {
  /** A look in seconds instead of figures to go by. */
  readonly quick: boolean;
  /** Shows how far it is, as one line. */
  say(line: string): void;
}

/** Gathers figures while rounds go on. */
export class Notebook {
  private readonly notes = new Map<string, Figure & { rounds: number[] }>();

  /** One round's figure; null where the round gave none, which still gives the subject its row. */
  note(what: Omit<Figure, 'rounds'>, figure: number | null): void {
    const key = JSON.stringify([what.section, what.name, what.on]);
    const noted = this.notes.get(key) ?? { ...what, rounds: [] };
    this.notes.set(key, noted);
    if (figure !== null) noted.rounds.push(figure);
  }

  figures(): Figure[] {
    return [...this.notes.values()];
  }
}
