import type { Checkpoint as Kept } from '../../../src/protocol/checkpoint.ts';

/** The state of a game, as a host left it. */
export interface Checkpoint {
  /** The term of the host who left it. */
  readonly term: number;
  readonly data: Uint8Array;
}

/** The server takes one a second, after a few at once. */
export const SAVE_EVERY_MS = 1_000;
/** A new host hears of the server's checkpoint at once, if there is one; after this time their own counts. */
export const RESTORE_WITHIN_MS = 1_000;

export interface CheckpointContext {
  /** Whether it went out; not while the socket is gone. */
  send(data: Uint8Array): boolean;
  onRestored(checkpoint: Checkpoint): void;
}

/** The newest checkpoint of this player's own, and what the server kept of the last host's. */
export class Checkpoints {
  readonly #context: CheckpointContext;
  #own: Checkpoint | null = null;
  #isUnsent = false;
  #lastSentMs = Number.NEGATIVE_INFINITY;
  #saving: ReturnType<typeof setTimeout> | undefined;
  #restoring: ReturnType<typeof setTimeout> | undefined;

  constructor(context: CheckpointContext) {
    this.#context = context;
  }

  /** Sends it, or the one that is newest by then, as soon as the server takes it. */
  save(data: Uint8Array, term: number): void {
    // A copy, which is all of its buffer: nakama-js sends whole buffers.
    this.#own = { term, data: new Uint8Array(data) };
    this.#isUnsent = true;
    this.flush(term);
  }

  /** What could not be sent before; not that of an office which has ended since. */
  flush(term: number): void {
    if (!this.#isUnsent || this.#own?.term !== term) return;
    clearTimeout(this.#saving);
    const waitMs = this.#lastSentMs + SAVE_EVERY_MS - Date.now();
    if (waitMs > 0) {
      this.#saving = setTimeout(() => this.flush(term), Math.min(waitMs, SAVE_EVERY_MS));
      return;
    }
    if (!this.#context.send(this.#own.data)) return;
    this.#isUnsent = false;
    this.#lastSentMs = Date.now();
  }

  /** This player has become host. */
  onOffice(): void {
    clearTimeout(this.#restoring);
    if (this.#own !== null) this.#restoring = setTimeout(() => this.#restore(null), RESTORE_WITHIN_MS);
  }

  /** From a 9014. */
  onKept({ term, data }: Kept): void {
    this.#restore({ term, data: bytesOf(data) });
  }

  stop(): void {
    clearTimeout(this.#saving);
    clearTimeout(this.#restoring);
  }

  #restore(kept: Checkpoint | null): void {
    clearTimeout(this.#restoring);
    const newest = newerOf(this.#own, kept);
    if (newest !== null) this.#context.onRestored(newest);
  }
}

/** Within a term the player's own is the newer one, since the server has what that player sent. */
function newerOf(own: Checkpoint | null, kept: Checkpoint | null): Checkpoint | null {
  if (own === null || kept === null) return own ?? kept;
  return own.term >= kept.term ? own : kept;
}

function bytesOf(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
