import { isCancelled, sleepInDatabase } from './database.ts';

const NO_SLEEP = 'online_match/database_cannot_sleep';
const NO_SLEEP_SEC = 1;

/**
 * Lets the database wait, as a loop would take the CPU from the match. While it cannot, each try would cost more
 * than the loop, and a line in the log.
 * False when the caller's socket or request is closed: then Nakama cancels all that is done for it, which of a
 * signal looks as if the match were busy for ever.
 */
export function sleep(nk: nkruntime.Nakama, ms: number): boolean {
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
