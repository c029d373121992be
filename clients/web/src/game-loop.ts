/**
 * Answers from the game's loop, and so only while that runs: whoever asks whether the game goes on must not be
 * answered by a page whose game stands still while its socket and its connections live.
 *
 * A game that calls `tick()` in its loop is alive by these calls alone. For others the browser's frames stand in,
 * which stop in a hidden tab and in a frozen one; where there are none, as in Node, the event loop.
 */
export class GameLoop {
  readonly #waiting = new Map<string, () => void>();
  #isDriven = false;
  #isScheduled = false;

  /** Answers at the next turn of the loop; of one name only the last waits. */
  soon(name: string, answer: () => void): void {
    this.#waiting.set(name, answer);
    if (this.#isDriven || this.#isScheduled) return;
    this.#isScheduled = true;
    nextFrame(() => {
      this.#isScheduled = false;
      if (!this.#isDriven) this.#answer();
    });
  }

  /** The game says that its loop runs. */
  tick(): void {
    this.#isDriven = true;
    this.#answer();
  }

  /** Nobody waits any more. */
  clear(): void {
    this.#waiting.clear();
  }

  #answer(): void {
    const answers = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const answer of answers) answer();
  }
}

function nextFrame(callback: () => void): void {
  if (typeof requestAnimationFrame === 'function') requestAnimationFrame(callback);
  else setTimeout(callback, 0);
}
