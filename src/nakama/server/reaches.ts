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
  const text = textFor(nk, matchId, sessionId);
  return text === undefined ? null : reachIn(sessionId, text);
}

/** Where the socket is of somebody whom a signal reaches; null where they are not reached. */
export function nodeOf(nk: nkruntime.Nakama, matchId: string, sessionId: string): string | null {
  const text = textFor(nk, matchId, sessionId);
  return text === undefined ? null : text.slice(text.lastIndexOf(' ') + 1);
}

function textFor(nk: nkruntime.Nakama, matchId: string, sessionId: string): string | undefined {
  return nk.localcacheGet(keyOf(matchId, sessionId));
}

/** Read by places, which is quicker here than to split it: only a user's name may have blanks. */
function textOf({ speaks, others, userId, username, node }: Reach): string {
  return `${WORDS[speaks ?? 'nothing']}${others} ${userId} ${username} ${node}`;
}

/** One letter each. */
const WORDS = { json: 'j', binary: 'b', any: 'a', nothing: '-' } as const;
const SPEECH: { readonly [word: string]: Reach['speaks'] } = { j: 'json', b: 'binary', a: 'any', '-': null };

function reachIn(sessionId: string, text: string): Reach {
  const afterOthers = text.indexOf(' ');
  const afterUser = text.indexOf(' ', afterOthers + 1);
  const beforeNode = text.lastIndexOf(' ');
  return {
    sessionId,
    speaks: SPEECH[text[0] as string] as Reach['speaks'],
    others: Number(text.slice(1, afterOthers)),
    userId: text.slice(afterOthers + 1, afterUser),
    username: text.slice(afterUser + 1, beforeNode),
    node: text.slice(beforeNode + 1),
  };
}

function keyOf(matchId: string, sessionId: string): string {
  return `online_match/reach/${matchId}/${sessionId}`;
}
