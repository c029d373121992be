// Where a room's checkpoint lies: in this node's memory, on which its match runs as long as it lives. Nakama's console shows
// what is in a match's state, and a state is copied again and again.

/** Put again well before that by the room's clock. */
const KEPT_SEC = 7200;

/** Keeps the bytes, in base64; with null, those that are there. */
export function keepCheckpoint(nk: nkruntime.Nakama, matchId: string, payload: string | null): void {
  const kept = payload ?? checkpointOf(nk, matchId);
  if (kept !== null) nk.localcachePut(keyOf(matchId), kept, KEPT_SEC);
}

export function checkpointOf(nk: nkruntime.Nakama, matchId: string): string | null {
  return nk.localcacheGet(keyOf(matchId)) ?? null;
}

export function forgetCheckpoint(nk: nkruntime.Nakama, matchId: string): void {
  nk.localcacheDelete(keyOf(matchId));
}

function keyOf(matchId: string): string {
  return `online_match/checkpoint/${matchId}`;
}
