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

/** A user name may have blanks, and comes last. */
function textOf({ speaks, others, node, userId, username }: Reach): string {
  return `${speaks ?? NOTHING} ${others} ${node} ${userId} ${username}`;
}

const NOTHING = '-';

function reachIn(sessionId: string, text: string): Reach {
  const parts = text.split(' ');
  const speaks = parts[0] === NOTHING ? null : (parts[0] as Reach['speaks']);
  const username = parts.length === 5 ? (parts[4] ?? '') : parts.slice(4).join(' ');
  return {
    sessionId,
    speaks,
    others: Number(parts[1]),
    node: parts[2] ?? '',
    userId: parts[3] ?? '',
    username,
  };
}

function keyOf(matchId: string, sessionId: string): string {
  return `online_match/reach/${matchId}/${sessionId}`;
}
