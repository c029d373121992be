import { count } from './metrics.ts';
import { encodeSignal, type Signal } from './signals.ts';
import { sleep } from './sleep.ts';

/**
 * "overdue": the match was asked and will do it, but took too long to answer; "gone": there is no such match;
 * "unheard": whoever wanted to ask it is gone.
 */
export type Answer =
  | { readonly outcome: 'done'; readonly data: string }
  | { readonly outcome: 'busy' | 'overdue' | 'gone' | 'unheard' };

const FIRST_SLEEP_MS = 1;
const LONGEST_SLEEP_MS = 32;
/** Nakama gives the same error for a full queue, at once, and for a match that took longer than 10 s. */
const PATIENCE_MS = 9000;

/**
 * Signals a match, and waits for room while its signal queue is full (`match.signal_queue_size`). A hook that
 * waits holds up its own socket only, so that nothing of it is lost or overtaken; the others go on.
 */
export function askMatch(nk: nkruntime.Nakama, matchId: string, signal: Signal): Answer {
  const data = encodeSignal(signal);
  const begun = Date.now();
  for (let sleepMs = FIRST_SLEEP_MS; ; sleepMs = Math.min(2 * sleepMs, LONGEST_SLEEP_MS)) {
    const asked = Date.now();
    try {
      return { outcome: 'done', data: nk.matchSignal(matchId, data) };
    } catch (error) {
      if (!String(error).includes('match busy')) return { outcome: 'gone' };
      if (Date.now() - asked > PATIENCE_MS) return { outcome: 'overdue' };
      if (Date.now() - begun > PATIENCE_MS) return { outcome: 'busy' };
    }
    if (sleepMs === FIRST_SLEEP_MS) count(nk, 'online_match_signals_waited_total', { signal: signal.type });
    if (!sleep(nk, sleepMs)) return { outcome: 'unheard' };
  }
}
