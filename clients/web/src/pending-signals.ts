import type { Signal } from '../../../src/protocol/peer-method.ts';

/** So many signals wait for a sender of whom nothing is known yet, and so many such senders there may be. */
const MAX_SIGNALS = 128;
const MAX_SENDERS = 32;

/** Signals that came before their sender was known, by the sender's session id. */
export class PendingSignals {
  readonly #signals = new Map<string, readonly Signal[]>();

  keep(sessionId: string, signal: Signal): void {
    const pending = this.#signals.get(sessionId) ?? [];
    const isNew = pending.length === 0;
    if (pending.length >= MAX_SIGNALS || (isNew && this.#signals.size >= MAX_SENDERS)) return;
    this.#signals.set(sessionId, [...pending, signal]);
  }

  /** In their order; they wait no longer. */
  take(sessionId: string): readonly Signal[] {
    const pending = this.#signals.get(sessionId) ?? [];
    this.#signals.delete(sessionId);
    return pending;
  }

  clear(): void {
    this.#signals.clear();
  }
}
