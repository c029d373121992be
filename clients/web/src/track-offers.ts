import { TRACK_ANSWER_MS, TRACK_OFFER_MS } from './link-times.ts';

/**
 * When to offer what tracks a connection that stands carries: two offers at once at most, then one in a while, since the server
 * passes on only so many descriptions and a repair needs some; and again when no answer comes, for any signal may be lost.
 */
export class TrackOffers {
  /** Returns whether it went out: without signals it waits for `hurry`. */
  readonly #offer: () => boolean;
  #isDue = false;
  /** When as many may be offered as ever. */
  #freshMs = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(offer: () => boolean) {
    this.#offer = offer;
  }

  /** There is something to offer. */
  due(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#plan();
  }

  /** Signals reach the other player again: an offer may be lost. */
  hurry(): void {
    if (this.#isDue) this.#plan();
  }

  /** The two ends agree, or something else is offered that says the same. WebRTC says if more is due. */
  settle(): void {
    this.#isDue = false;
    clearTimeout(this.#timer);
  }

  #plan(): void {
    clearTimeout(this.#timer);
    const waitMs = Math.max(0, this.#freshMs - TRACK_OFFER_MS - Date.now());
    this.#timer = setTimeout(() => this.#make(), waitMs);
  }

  #make(): void {
    if (!this.#offer()) return;
    this.#freshMs = Math.max(Date.now(), this.#freshMs) + TRACK_OFFER_MS;
    this.#timer = setTimeout(() => this.#plan(), TRACK_ANSWER_MS);
  }
}
