/** No seat is kept for longer, whatever the settings. */
const LONGEST_SEC = 3900;

/**
 * Users whose seat in a match is kept, and who are in none of Nakama's streams meanwhile: a host among them may give
 * commands. In this node's memory, on which their match runs.
 */
export function noteAway(nk: nkruntime.Nakama, matchId: string, userId: string): void {
  nk.localcachePut(keyOf(matchId, userId), true, LONGEST_SEC);
}

export function isUserAway(nk: nkruntime.Nakama, matchId: string, userId: string): boolean {
  return nk.localcacheGet(keyOf(matchId, userId)) === true;
}

function keyOf(matchId: string, userId: string): string {
  return `online_match/away/${matchId}/${userId}`;
}
