import { encodeSignal, type Signal } from './signals.ts';

/** "busy": nothing was queued; "overdue": it was, and will be done; "gone": there is no such match here. */
export type Answer =
  | { readonly outcome: 'done'; readonly data: string }
  | { readonly outcome: 'busy' | 'overdue' | 'gone' };

const RETRIES = 5;
const PAUSE_MS = 1;
/** Nakama gives the same error for a full queue, at once, and for a match that took longer than 10 s. */
const TIMEOUT_MS = 5000;

/** Signals a match; while its signal queue is full (`match.signal_queue_size`), tries again a few times. */
export function askMatch(nk: nkruntime.Nakama, matchId: string, signal: Signal): Answer {
  const data = encodeSignal(signal);
  for (let retry = 0; ; retry++) {
    const started = Date.now();
    try {
      return { outcome: 'done', data: nk.matchSignal(matchId, data) };
    } catch (error) {
      if (!String(error).includes('match busy')) return { outcome: 'gone' };
      if (Date.now() - started > TIMEOUT_MS) return { outcome: 'overdue' };
      if (retry === RETRIES) return { outcome: 'busy' };
    }
    pause(PAUSE_MS);
  }
}

/** The runtime has no timers and nothing that sleeps. */
function pause(ms: number): void {
  const end = Date.now() + ms;
  while (Date.now() < end);
}
