import { KEPT_SEC } from './reaches.ts';

// What went the short way of each sender, beside their match, which looks whenever something happens to it.

/** Of a session. The counts only rise. */
export interface Passed {
  readonly relayed: number;
  readonly overBudget: number;
  /** When its budgets will be full again, in ms since 1970. */
  readonly descriptionsFullAt: number;
  readonly candidatesFullAt: number;
  /** Until then, in ms since 1970, a message of it may wait for its match, and nothing may overtake that. */
  readonly behindUntil: number;
}

const NOTHING: Passed = {
  relayed: 0,
  overBudget: 0,
  descriptionsFullAt: 0,
  candidatesFullAt: 0,
  behindUntil: 0,
};

export function passedOf(nk: nkruntime.Nakama, matchId: string, sessionId: string): Passed {
  const text: string | undefined = nk.localcacheGet(keyOf(matchId, sessionId));
  if (text === undefined) return NOTHING;
  const parts = text.split(' ');
  return {
    relayed: Number(parts[0]),
    overBudget: Number(parts[1]),
    descriptionsFullAt: Number(parts[2]),
    candidatesFullAt: Number(parts[3]),
    behindUntil: Number(parts[4]),
  };
}

/** One socket's messages are handled one after the other, so that nothing comes between a look and this. */
export function notePassed(nk: nkruntime.Nakama, matchId: string, sessionId: string, passed: Passed): void {
  const { relayed, overBudget, descriptionsFullAt, candidatesFullAt, behindUntil } = passed;
  const text = `${relayed} ${overBudget} ${descriptionsFullAt} ${candidatesFullAt} ${behindUntil}`;
  nk.localcachePut(keyOf(matchId, sessionId), text, KEPT_SEC);
  if (nk.localcacheGet(flagOf(matchId)) === undefined) nk.localcachePut(flagOf(matchId), true, KEPT_SEC);
}

export function forgetPassed(nk: nkruntime.Nakama, matchId: string, sessionId: string): void {
  nk.localcacheDelete(keyOf(matchId, sessionId));
}

/** Whether anything was noted since the last look; of what is noted during a look, the next one tells. */
export function takeFlag(nk: nkruntime.Nakama, matchId: string): boolean {
  if (!isFlagged(nk, matchId)) return false;
  nk.localcacheDelete(flagOf(matchId));
  return true;
}

export function isFlagged(nk: nkruntime.Nakama, matchId: string): boolean {
  return nk.localcacheGet(flagOf(matchId)) !== undefined;
}

function flagOf(matchId: string): string {
  return `online_match/passed/${matchId}`;
}

function keyOf(matchId: string, sessionId: string): string {
  return `online_match/passed/${matchId}/${sessionId}`;
}
