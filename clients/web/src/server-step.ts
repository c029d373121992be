import { backPauseOf, SERVER_MS } from './link-times.ts';
import type { Repairable } from './repair.ts';

/** The last step of a repair: whether the other player is there by way of the server, and the tries to get back from there. */
export class ServerStep {
  readonly #link: Repairable;
  /** Tries the direct way, with fresh logins. */
  readonly #tryBack: () => void;
  #tries = 0;
  #probing: ReturnType<typeof setInterval> | undefined;

  constructor(link: Repairable, tryBack: () => void) {
    this.#link = link;
    this.#tryBack = tryBack;
  }

  begin(): void {
    const { negotiation, carrier } = this.#link;
    negotiation.drop();
    if (carrier !== null) carrier.way = 'server';
    carrier?.probe();
    clearInterval(this.#probing);
    this.#probing = setInterval(() => {
      this.#link.show('failed', 'server');
      carrier?.probe();
    }, SERVER_MS);
    this.planTry();
  }

  /** The other player was heard, or another way is taken. */
  stopProbing(): void {
    clearInterval(this.#probing);
  }

  /** A direct connection is up. */
  end(): void {
    this.stopProbing();
    this.#tries = 0;
  }

  /** From time to time, ever more rarely. */
  planTry(): void {
    const { isOfferer, canSignal } = this.#link.context;
    if (!isOfferer) {
      this.#link.stopWaiting();
      return;
    }
    this.#link.wait(backPauseOf(this.#tries++), () => {
      if (canSignal()) this.#tryBack();
      else this.planTry();
    });
  }
}
