import { CONNECT_MS, INTERRUPTION_MS, RESTART_MS, retryPauseOf } from './link-times.ts';
import type { Repair, Repairable } from './repair.ts';

/** With an addon, or another client that cannot go through the server: connections are all there is. */
export class PlainRepair implements Repair {
  readonly #link: Repairable;
  #tries = 0;
  #isRestarting = false;

  constructor(link: Repairable) {
    this.#link = link;
  }

  begin(): void {
    this.#link.negotiation.connect();
  }

  onBegun(): void {
    this.#isRestarting = false;
    this.#link.wait(CONNECT_MS, () => this.#recover());
  }

  onUp(): void {
    this.#link.stopWaiting();
    this.#tries = 0;
    this.#isRestarting = false;
    this.#link.show('connected');
  }

  onInterrupted(): void {
    if (this.#link.state === 'connected') this.#link.wait(INTERRUPTION_MS, () => this.onIceFailed());
  }

  onIceFailed(): void {
    const { isOfferer, canSignal } = this.#link.context;
    if (isOfferer && canSignal() && this.#canRestart && !this.#isRestarting) this.#restart();
    else this.#recover();
  }

  onBroken(): void {
    this.#recover();
  }

  onAsked(): void {
    this.#markDown();
  }

  giveUp(): void {
    this.#markDown();
  }

  /** The side that answers only asks for it when it was away itself. */
  renegotiate({ wasAway }: { readonly wasAway: boolean }): void {
    const { context, negotiation, state } = this.#link;
    if (state === 'connected') return;
    this.#tries = 0;
    if (context.isOfferer) {
      if (this.#canRestart) this.#restart();
      else this.#reconnect();
    } else if (wasAway && !negotiation.isOpen) {
      negotiation.ask();
      this.#link.wait(CONNECT_MS, () => this.#link.show('failed'));
    }
  }

  onMeasured(): void {}

  close(): void {}

  get #canRestart(): boolean {
    const { negotiation, context } = this.#link;
    return negotiation.isOpen && context.can.includes('ice_restart');
  }

  #restart(): void {
    this.#isRestarting = true;
    this.#link.wait(RESTART_MS, () => this.#recover());
    this.#link.show('connecting', 'restart');
    this.#link.negotiation.restart();
  }

  /** The player who makes the offers connects anew and tells the other, who waits and then calls it failed. */
  #recover(): void {
    const { context, state } = this.#link;
    const wasUp = state === 'connected' || this.#isRestarting;
    this.#markDown();
    if (!context.isOfferer) {
      if (!wasUp) this.#link.show('failed');
      else this.#link.wait(CONNECT_MS, () => this.#askAnew());
      return;
    }
    if (!wasUp) this.#link.show('failed', 'direct');
    // Without signals it waits for `renegotiate`.
    if (!context.canSignal()) return;
    this.#link.wait(retryPauseOf(this.#tries++), () => this.#reconnect());
  }

  #reconnect(): void {
    if (this.#link.context.canSignal()) this.#link.negotiation.reconnect();
  }

  /** The other side may not have noticed. An addon knows the request from the side that offers alone. */
  #askAnew(): void {
    const { context, negotiation } = this.#link;
    this.#link.show('failed');
    if (context.isAnnounced && context.canSignal()) negotiation.ask();
  }

  #markDown(): void {
    this.#link.stopWaiting();
    this.#isRestarting = false;
    if (this.#link.state === 'connected') this.#link.show('connecting', 'direct');
  }
}
