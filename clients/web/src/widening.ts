import { backPauseOf } from './link-times.ts';
import type { Path } from './path.ts';
import type { Repairable } from './repair.ts';

/**
 * Looks for a direct way while a link goes through a TURN server, whichever step has brought it up so, or WebRTC by itself: from
 * time to time, ever more rarely, an ICE restart, which keeps what is up, tries all addresses.
 */
export class Widening {
  readonly #link: Repairable;
  /** With fresh logins. */
  readonly #widen: () => void;
  #tries = 0;
  #dueMs: number | null = null;

  constructor(link: Repairable, widen: () => void) {
    this.#link = link;
    this.#widen = widen;
  }

  /** Again and again while the link is up. By the clock: a page may sleep. */
  onMeasured(via: Path['via']): void {
    const now = Date.now();
    if (via === 'direct') {
      this.#tries = 0;
      this.#dueMs = null;
    } else {
      this.#dueMs ??= now + backPauseOf(this.#tries++);
      if (now < this.#dueMs || !this.#canWiden) return;
      this.#dueMs = null;
      this.#widen();
    }
  }

  get #canWiden(): boolean {
    const { context, negotiation } = this.#link;
    const canRestart = negotiation.isOpen && context.can.includes('ice_restart');
    return (
      canRestart && context.isOfferer && context.canSignal() && context.connectionOptions().relay === 'auto'
    );
  }
}
