// How long a link waits for what.

/** A link that is not up after this time has failed. */
export const CONNECT_MS = 15_000;
/** The network may come back by itself within this time. */
export const INTERRUPTION_MS = 5_000;
/** An ICE restart that takes longer gives way to the next step. */
export const RESTART_MS = 8_000;
/** The wait before the second try to connect anew; each later try waits twice as long. */
export const RETRY_MS = 1_000;
export const MAX_RETRY_MS = 30_000;

/** How long to wait before connecting anew, after so many tries; the first is made at once. */
export function retryPauseOf(tries: number): number {
  return tries === 0 ? 0 : Math.min(RETRY_MS * 2 ** (tries - 1), MAX_RETRY_MS);
}

/** Of two ends that change their tracks each may offer that so often: twice, and then once in this time. */
export const TRACK_OFFER_MS = 5_000;
/** An offer of tracks without an answer is made again. */
export const TRACK_ANSWER_MS = 10_000;

// Between two clients that can go through the server the steps of repair follow each other faster.

/** For a connection of any kind, before TURN alone is tried. */
export const DIRECT_MS = 8_000;
/** For one through TURN alone, before the server is taken. */
export const TURN_MS = 6_000;
/** For the first sign of the other player by way of the server. */
export const SERVER_MS = 5_000;
/**
 * Whoever does not offer waits so long for the other to begin, then asks, and then takes the server. Of two ends one may notice
 * ten seconds after the other that nothing comes: on a link that stands, libwebrtc lets five pings fail, 2.5 s apart.
 */
export const ASK_MS = RESTART_MS + 8_000;
export const ANSWER_MS = DIRECT_MS + TURN_MS;
/** What a step has brought up and falls within this time was of no use: the next step follows. */
export const HOLD_MS = 30_000;
/** How long a direct connection is tried from time to time while the server carries the data. */
export const BACK_TRY_MS = 10_000;
const BACK_MS = 30_000;
const MAX_BACK_MS = 300_000;

/** How long to wait before the direct way is tried again, after so many tries. */
export function backPauseOf(tries: number): number {
  return Math.min(BACK_MS * 1.5 ** tries, MAX_BACK_MS);
}

/** Data that came by the channels so recently says that they stand. */
export const FRESH_MS = 5_000;
