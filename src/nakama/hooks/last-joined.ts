/** A game reads its reply within a few frames. */
const REMEMBERED_SEC = 10;

/** A session has the reply to its join on its socket. This node's memory will do: both are of its own sockets. */
export function rememberJoin(nk: nkruntime.Nakama, sessionId: string, matchId: string): void {
  nk.localcachePut(keyOf(sessionId), matchId, REMEMBERED_SEC);
}

/** The room that the session has just joined, or null. */
export function lastJoined(nk: nkruntime.Nakama, sessionId: string): string | null {
  return nk.localcacheGet(keyOf(sessionId)) ?? null;
}

function keyOf(sessionId: string): string {
  return `online_match/joined/${sessionId}`;
}
