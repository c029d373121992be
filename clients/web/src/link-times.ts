// How long a link waits for what.

/** A link that is not up after this time has failed. */
export const CONNECT_MS = 15_000;
/** The network may come back by itself within this time. */
export const INTERRUPTION_MS = 3_000;
/** An ICE restart that takes longer gives way to a new connection. */
export const RESTART_MS = 8_000;
/** The wait before the second try to connect anew; each later try waits twice as long. */
export const RETRY_MS = 1_000;
export const MAX_RETRY_MS = 30_000;

/** How long to wait before connecting anew, after so many tries; the first is made at once. */
export function retryPauseOf(tries: number): number {
  return tries === 0 ? 0 : Math.min(RETRY_MS * 2 ** (tries - 1), MAX_RETRY_MS);
}
