/** Since when, in ms, a call to the database is open without any having been answered. */
const OPEN_SINCE = 'online_match/database_open_since';
const PATIENCE_MS = 1000;
const RETRY_MS = 5000;

/**
 * How many calls may be open at once. Each keeps one of the few VMs (`runtime.js_max_count`, 32) that all hooks
 * and RPCs of the server share, for as long as the database takes: their sum must stay well below.
 */
const MOST_OPEN = { question: 12, sleep: 12 } as const;

/** Whoever finds too many questions open looks again after so long. */
const LOOK_AGAIN_MS = 4;

/**
 * Asks the database, as soon as not too many others do; but not while it has left a call of any VM unanswered
 * for a second: players who ask for rooms again and again would stop everybody's messages. One in 5 s asks all
 * the same.
 * @throws what `ask` throws; an Error when the database is not asked.
 */
export function askDatabase<T>(nk: nkruntime.Nakama, ask: () => T): T {
  const begun = Date.now();
  for (;;) {
    const place = takePlace(nk, 'question');
    if (place !== null) return callFrom(nk, place, ask);
    const isPatient = Date.now() - begun < PATIENCE_MS;
    if (!isPatient || !sleepInDatabase(nk, LOOK_AGAIN_MS)) throw new Error('the database has too much to do');
  }
}

/**
 * The runtime has nothing else that sleeps. False, at once, when too many sleep or the database does not answer.
 * @throws when the database cannot do it.
 */
export function sleepInDatabase(nk: nkruntime.Nakama, ms: number): boolean {
  const place = takePlace(nk, 'sleep');
  if (place === null) return false;
  callFrom(nk, place, () => nk.sqlQuery('SELECT pg_sleep($1)', [ms / 1000]));
  return true;
}

function callFrom<T>(nk: nkruntime.Nakama, place: Place, call: () => T): T {
  try {
    const answer = call();
    nk.localcacheDelete(OPEN_SINCE);
    return answer;
  } catch (error) {
    // Whoever is gone has not been answered: a silence that is known goes on.
    if (!isCancelled(error) || silentMs(nk) < PATIENCE_MS) nk.localcacheDelete(OPEN_SINCE);
    throw error;
  } finally {
    leavePlace(nk, place);
  }
}

/** The caller's socket or request is closed: Nakama cancels all that is done for it. */
export function isCancelled(error: unknown): boolean {
  return /context (canceled|deadline exceeded)/.test(String(error));
}

/** How long the database has left a call unanswered; 0 when none is open. */
function silentMs(nk: nkruntime.Nakama): number {
  const since: number | undefined = nk.localcacheGet(OPEN_SINCE);
  return since === undefined ? 0 : Date.now() - since;
}

/** What one call to the database keeps while it is open. */
interface Place {
  readonly key: string;
  readonly owner: number;
}

/**
 * Null when there is none, or the database does not answer. The cache cannot look and put in one go: of two VMs
 * that look in the same microsecond each may find itself the owner, and one call more than allowed is open.
 */
function takePlace(nk: nkruntime.Nakama, kind: keyof typeof MOST_OPEN): Place | null {
  const silent = silentMs(nk);
  const isRetry = kind === 'question' && silent >= RETRY_MS;
  if (silent >= PATIENCE_MS && !isRetry) return null;
  const owner = Math.random();
  for (let number = 0; number < MOST_OPEN[kind]; number++) {
    const key = `online_match/database_${kind}_${number}`;
    if (nk.localcacheGet(key) !== undefined) continue;
    nk.localcachePut(key, owner);
    if (nk.localcacheGet(key) !== owner) continue;
    if (isRetry) nk.localcachePut(OPEN_SINCE, Date.now() - PATIENCE_MS);
    else if (nk.localcacheGet(OPEN_SINCE) === undefined) nk.localcachePut(OPEN_SINCE, Date.now());
    return { key, owner };
  }
  return null;
}

function leavePlace(nk: nkruntime.Nakama, { key, owner }: Place): void {
  if (nk.localcacheGet(key) === owner) nk.localcacheDelete(key);
}
