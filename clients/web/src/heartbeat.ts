/** How often a link is asked whether the game at its other end goes on. */
export const PING_EVERY_MS = 2_000;
/** A game that has not answered for so long is silent. */
export const SILENT_MS = 10_000;
/** The same of a player whose socket is lost: most likely their game is, too. */
export const SILENT_AWAY_MS = 2_000;
/** Between two ticks that are further apart this page itself slept. */
const ASLEEP_MS = 3 * PING_EVERY_MS;

/** What is known of the game at the other end of a link. */
export interface Heartbeat {
  /** Whether it has ever answered: clients of other kinds know no pings. */
  readonly hasAnswered: boolean;
  /** When the first ping went that has no answer since. */
  readonly unansweredSinceMs: number | null;
}

export const UNHEARD: Heartbeat = { hasAnswered: false, unansweredSinceMs: null };
export const ANSWERED: Heartbeat = { hasAnswered: true, unansweredSinceMs: null };

/** A ping is about to go. After a sleep of one's own, no earlier one counts: its answer may wait to be read. */
export function pinged(heartbeat: Heartbeat, nowMs: number, lastTickMs: number): Heartbeat {
  const slept = nowMs - lastTickMs > ASLEEP_MS;
  const unansweredSinceMs = slept ? nowMs : (heartbeat.unansweredSinceMs ?? nowMs);
  return { ...heartbeat, unansweredSinceMs };
}

/** By the clock, and never before a ping had the time to be answered. */
export function isSilent({ hasAnswered, unansweredSinceMs }: Heartbeat, nowMs: number): boolean {
  return hasAnswered && unansweredSinceMs !== null && nowMs - unansweredSinceMs >= SILENT_MS;
}
