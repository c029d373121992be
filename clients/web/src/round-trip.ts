/** Whoever is asked without end must not use up what this end may send. */
const ECHO_EVERY_MS = 250;

/** How long frames take there and back, smoothed, by the way in use. */
export class RoundTrip {
  #ms: number | null = null;
  #echoedMs = 0;

  get ms(): number | null {
    return this.#ms;
  }

  /** The echo of a probe of that time, by the clock modulo 2³², has come. */
  onEcho(askedMs: number, nowMs: number): void {
    const ms = (nowMs - askedMs) | 0;
    if (ms >= 0) this.#ms = this.#ms === null ? ms : Math.round(this.#ms + (ms - this.#ms) / 4);
  }

  /** Whether to answer a probe of the other end. */
  mayEcho(nowMs: number): boolean {
    if (nowMs - this.#echoedMs < ECHO_EVERY_MS) return false;
    this.#echoedMs = nowMs;
    return true;
  }

  /** By another way it takes another time. */
  reset(): void {
    this.#ms = null;
  }
}
