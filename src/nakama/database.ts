/** Since when, in ms, a question to the database is open without any having been answered. */
const OPEN_SINCE = 'online_match/database_open_since';
const PATIENCE_MS = 1000;
const RETRY_MS = 30_000;

/**
 * Asks the database, unless it has left a question of any VM unanswered for a second. A call to it waits for as
 * long as it takes, and keeps one of the few VMs that all hooks of the server share: players who ask for
 * rooms again and again would stop everybody's messages. One in 30 s asks all the same.
 * @throws what `ask` throws; an Error when the database does not answer.
 */
export function askDatabase<T>(nk: nkruntime.Nakama, ask: () => T): T {
  const now = Date.now();
  const since = nk.localcacheGet(OPEN_SINCE) as number | undefined;
  const waitedMs = since === undefined ? 0 : now - since;
  if (waitedMs >= PATIENCE_MS && waitedMs < RETRY_MS) throw new Error('the database does not answer');
  if (since === undefined) nk.localcachePut(OPEN_SINCE, now);
  if (waitedMs >= RETRY_MS) nk.localcachePut(OPEN_SINCE, now - PATIENCE_MS);
  try {
    return ask();
  } finally {
    nk.localcacheDelete(OPEN_SINCE);
  }
}
