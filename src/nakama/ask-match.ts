import { count } from './metrics.ts';
import { encodeSignal, type Signal } from './signals.ts';

/** "overdue": the match was asked and will do it, but took too long to answer; "gone": there is no such match. */
export type Answer =
  | { readonly outcome: 'done'; readonly data: string }
  | { readonly outcome: 'busy' | 'overdue' | 'gone' };

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
    pause(nk, pauseMs);
  }
}

/** The runtime has nothing that sleeps, and a loop would take the CPU from the match: let the database wait. */
function pause(nk: nkruntime.Nakama, ms: number): void {
  const end = Date.now() + ms;
  try {
    nk.sqlQuery('SELECT pg_sleep($1)', [ms / 1000]);
  } catch {
    while (Date.now() < end);
  }
}
