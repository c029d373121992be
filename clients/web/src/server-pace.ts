/** So many parts are underway through the server at most: half as many each time that it is too much, and slowly more again. */
const MAX_WINDOW = 8;
const MORE_AT_PROGRESS = 0.1;
/** What the server has not brought after this time is sent again; then after twice that. */
const REPEAT_MS = 1_000;
const MAX_REPEAT_MS = 8_000;

/** How fast reliable data goes through the server, which says when it is too fast, and loses nothing without a word but in a fault. */
export class ServerPace {
  #window = MAX_WINDOW;
  #pausedUntilMs = 0;
  #repeatMs = REPEAT_MS;

  get pausedUntilMs(): number {
    return this.#pausedUntilMs;
  }

  /** How long to wait for an acknowledgement. */
  get repeatMs(): number {
    return this.#repeatMs;
  }

  takes(underway: number): boolean {
    return underway < Math.floor(this.#window);
  }

  /** The server takes nothing for so long. What was underway then is told the same, and counts once. */
  slowDown(ms: number, nowMs: number): void {
    if (nowMs >= this.#pausedUntilMs) this.#window = Math.max(1, this.#window / 2);
    this.pause(ms, nowMs);
  }

  pause(ms: number, nowMs: number): void {
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, nowMs + ms);
  }

  /** Something was acknowledged. */
  onProgress(): void {
    this.#window = Math.min(MAX_WINDOW, this.#window + MORE_AT_PROGRESS);
    this.#repeatMs = REPEAT_MS;
  }

  onRepeat(): void {
    this.#repeatMs = Math.min(2 * this.#repeatMs, MAX_REPEAT_MS);
  }

  /** Another way. */
  reset(): void {
    this.#pausedUntilMs = 0;
    this.#repeatMs = REPEAT_MS;
  }
}
