import { isCancelled, sleepInDatabase } from './database.ts';
import { count } from './metrics.ts';
import { encodeSignal, type Signal } from './signals.ts';

/**
 * "overdue": the match was asked and will do it, but took too long to answer; "gone": there is no such match;
 * "unheard": whoever wanted to ask it is gone himself.
 */
export type Answer =
  | { readonly outcome: 'done'; readonly data: string }
  | { readonly outcome: 'busy' | 'overdue' | 'gone' | 'unheard' };

const FIRST_PAUSE_MS = 1;
const LONGEST_PAUSE_MS = 32;
/** Nakama gives the same error for a full queue, at once, and for a match that took longer than 10 s. */
const PATIENCE_MS = 9000;

/**
 * Signals a match, and waits for room while its signal queue is full (`match.signal_queue_size`). A hook that
 * waits holds up its own socket only, so that nothing of it is lost or overtaken; the others go on.
 */
export function askMatch(nk: nkruntime.Nakama, matchId: string, signal: Signal): Answer {
  const data = encodeSignal(signal);
  const begun = Date.now();
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    const asked = Date.now();
    try {
      return { outcome: 'done', data: nk.matchSignal(matchId, data) };
    } catch (error) {
      if (!String(error).includes('match busy')) return { outcome: 'gone' };
      if (Date.now() - asked > PATIENCE_MS) return { outcome: 'overdue' };
      if (Date.now() - begun > PATIENCE_MS) return { outcome: 'busy' };
    }
    if (pauseMs === FIRST_PAUSE_MS) count(nk, 'online_match_signals_waited_total', { signal: signal.type });
    if (!pause(nk, pauseMs)) return { outcome: 'unheard' };
  }
}

const NO_SLEEP = 'online_match/database_cannot_sleep';
const NO_SLEEP_SEC = 1;

/**
 * Lets the database wait, as a loop would take the CPU from the match. While it cannot, each try would cost more
 * than the loop, and a line in the log.
 * False when the caller's socket or request is closed: then Nakama cancels all that is done for it, which of a
 * signal looks as if the match were busy for ever.
 */
function pause(nk: nkruntime.Nakama, ms: number): boolean {
  const end = Date.now() + ms;
  try {
    if (nk.localcacheGet(NO_SLEEP) === undefined && sleepInDatabase(nk, ms)) return true;
  } catch (error) {
    if (isCancelled(error)) return false;
    nk.localcachePut(NO_SLEEP, true, NO_SLEEP_SEC);
  }
  while (Date.now() < end);
  return true;
}
