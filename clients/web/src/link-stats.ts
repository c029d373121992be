import type { Via } from '../../../src/protocol/link-report.ts';

/** How a link is at a moment, in numbers. */
export interface LinkStats {
  /** By which way data goes; null while none does, or it is not known yet. */
  readonly via: Via | null;
  /** Milliseconds there and back; null while it is not known. */
  readonly rttMs: number | null;
  /** The share of the player's unreliable messages that did not arrive, of the last ones, from 0 to 1; null where unknown. */
  readonly loss: number | null;
}
