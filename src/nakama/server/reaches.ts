import type { Reach } from '../../room/messages/short-way.ts';

// Whom the hook reaches without asking their match. In this node's memory, on which the match runs; on any other node of a
// cluster there is nothing, and the hook asks. Whatever is forgotten here costs time and nothing else.

/** Signals come as players meet. A match that crashed leaves its players here for so long, whom Nakama tracks no more. */
export const KEPT_SEC = 7200;

export function forgetReach(nk: nkruntime.Nakama, matchId: string, sessionId: string): void {
  nk.localcacheDelete(keyOf(matchId, sessionId));
}

export function keepReach(nk: nkruntime.Nakama, matchId: string, reach: Reach): void {
  nk.localcachePut(keyOf(matchId, reach.sessionId), textOf(reach), KEPT_SEC);
}

export function reachOf(nk: nkruntime.Nakama, matchId: string, sessionId: string): Reach | null {
  const text: string | undefined = nk.localcacheGet(keyOf(matchId, sessionId));
  return text === undefined ? null : reachIn(sessionId, text);
}

/** Read by places, which is quicker here than to split it: only the last, a user's name, may have blanks. */
function textOf({ speaks, others, node, userId, username }: Reach): string {
  return `${(speaks ?? NOTHING).padEnd(SPEAKS)}${String(others).padStart(OTHERS)}${userId} ${node} ${username}`;
}

const NOTHING = '-';
const SPEAKS = 6;
const OTHERS = 2;

function reachIn(sessionId: string, text: string): Reach {
  const speaks = text.slice(0, SPEAKS).trimEnd();
  const afterUser = text.indexOf(' ', SPEAKS + OTHERS);
  const afterNode = text.indexOf(' ', afterUser + 1);
  return {
    sessionId,
    speaks: speaks === NOTHING ? null : (speaks as Reach['speaks']),
    others: Number(text.slice(SPEAKS, SPEAKS + OTHERS)),
    userId: text.slice(SPEAKS + OTHERS, afterUser),
    node: text.slice(afterUser + 1, afterNode),
    username: text.slice(afterNode + 1),
  };
}

function keyOf(matchId: string, sessionId: string): string {
  return `online_match/reach/${matchId}/${sessionId}`;
}
