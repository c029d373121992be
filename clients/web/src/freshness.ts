/** Unreliable data that was on its way for so much longer than usual is of no use any more. */
export const MAX_AGE_MS = 1_000;

/** Clocks of two machines drift apart by less than a millisecond in a second. */
const DRIFT = 0.001;

/** So many of the last messages are looked at to see how many are lost. */
const WINDOW = 256;

/**
 * What comes of unreliable messages, by their numbers and times. Those of an outage arrive in one burst after it, and
 * are dropped by age; a fast way is the measure, since nobody knows the other's clock.
 */
export class Freshness {
  /** By how much the receiver's clock is ahead, with the shortest time on the way that was seen. */
  #fastestMs: number | null = null;
  #heardMs = 0;
  #first = 0;
  #highest: number | null = null;
  #received = 0;

  /** Whether a message that comes at this time is fresh. */
  take(number: number, sentMs: number, nowMs: number): boolean {
    this.#count(number);
    const offsetMs = (nowMs - sentMs) | 0;
    const drifted = this.#fastestMs === null ? offsetMs : this.#fastestMs + (nowMs - this.#heardMs) * DRIFT;
    this.#fastestMs = Math.min(drifted, offsetMs);
    this.#heardMs = nowMs;
    return offsetMs - this.#fastestMs <= MAX_AGE_MS;
  }

  /** The share of the last messages that did not come, from 0 to 1; null before any came. */
  get loss(): number | null {
    if (this.#highest === null) return null;
    const sent = this.#highest - this.#first + 1;
    return Math.max(0, 1 - this.#received / sent);
  }

  #count(bits: number): void {
    const number = this.#highest === null ? bits : this.#highest + ((bits - this.#highest) | 0);
    if (this.#highest === null) this.#first = number;
    this.#highest = Math.max(this.#highest ?? number, number);
    if (number >= this.#first) this.#received++;
    const sent = this.#highest - this.#first + 1;
    if (sent < WINDOW) return;
    // The older half is forgotten.
    this.#received = Math.round((this.#received * (sent / 2)) / sent);
    this.#first += Math.floor(sent / 2);
  }
}
