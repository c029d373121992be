/**
 * The circuit breaker before the database, in the cache that all VMs of the server share. It opens when a call has
 * been unanswered for a second and no other was answered meanwhile; one call in 5 s tries again.
 */
export type Circuit = 'closed' | 'half-open' | 'open';

/** Since when, in ms, a call to the database is open without any having been answered. */
const OPEN_SINCE = 'online_match/database_open_since';
const PATIENCE_MS = 1000;
const RETRY_MS = 5000;

export function circuitOf(nk: nkruntime.Nakama): Circuit {
  const since: number | undefined = nk.localcacheGet(OPEN_SINCE);
  const silentMs = since === undefined ? 0 : Date.now() - since;
  if (silentMs < PATIENCE_MS) return 'closed';
  return silentMs < RETRY_MS ? 'open' : 'half-open';
}

/** A call begins, on a circuit as it was found. One that tries again opens it for the others. */
export function noteCall(nk: nkruntime.Nakama, circuit: Circuit): void {
  if (circuit === 'half-open') nk.localcachePut(OPEN_SINCE, Date.now() - PATIENCE_MS);
  else if (nk.localcacheGet(OPEN_SINCE) === undefined) nk.localcachePut(OPEN_SINCE, Date.now());
}

/** The database answered, be it with an error. */
export function noteAnswer(nk: nkruntime.Nakama): void {
  nk.localcacheDelete(OPEN_SINCE);
}

/** The caller went away unanswered, which does not close an open circuit. */
export function noteCancel(nk: nkruntime.Nakama): void {
  if (circuitOf(nk) === 'closed') nk.localcacheDelete(OPEN_SINCE);
}
