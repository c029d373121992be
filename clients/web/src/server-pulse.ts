import type { Socket } from '@heroiclabs/nakama-js';
import { ping } from './next-socket.ts';

/** How often the server is asked whether it is there, and how long it has to answer. */
export const ASK_EVERY_MS = 5_000;
export const ANSWER_WITHIN_MS = 4_000;

/**
 * Finds out that a socket is dead which nobody has closed, as after a change of networks. nakama-js's own pings take
 * twice as long, and fail themselves where there is no `window`.
 */
export class ServerPulse {
  readonly #socket: Socket;
  readonly #onSilent: () => void;
  readonly #timer: ReturnType<typeof setInterval>;
  #limit: ReturnType<typeof setTimeout> | undefined;
  #isStopped = false;

  constructor(socket: Socket, onSilent: () => void) {
    this.#socket = socket;
    this.#onSilent = onSilent;
    this.#timer = setInterval(() => this.ask(), ASK_EVERY_MS);
  }

  /** Asks now, unless an answer is awaited already. */
  ask(): void {
    if (this.#isStopped || this.#limit !== undefined) return;
    const answer = ping(this.#socket, ANSWER_WITHIN_MS);
    if (answer === null) return;
    const askedMs = Date.now();
    this.#limit = setTimeout(() => {
      this.#limit = undefined;
      // A page that slept has not read the answer yet.
      const slept = Date.now() - askedMs > 2 * ANSWER_WITHIN_MS;
      if (slept) this.ask();
      else this.#onSilent();
    }, ANSWER_WITHIN_MS);
    const limit = this.#limit;
    const onAnswer = () => {
      clearTimeout(limit);
      if (this.#limit === limit) this.#limit = undefined;
    };
    answer.then(onAnswer, () => {});
  }

  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#timer);
    clearTimeout(this.#limit);
  }
}
