import { afterTaking, type Bucket, givenBack } from './token-bucket.ts';

// How many signals a player may be sent without their match, which sends them one after the other. Nakama closes the socket
// of a client that has 64 messages to read, by default (`socket.outgoing_queue_size`), and cannot be asked how many wait.

/** At once; and then a second, besides as many as the player says themselves, by which they are known to keep up. */
const PACE: Bucket = { size: 20, perMinute: 60 * 50 };

/** Takes one of what may be sent to a player now; false where that is used up. */
export function mayBeSent(nk: nkruntime.Nakama, sessionId: string, nowMs: number): boolean {
  const key = keyOf(sessionId);
  const fullAt = afterTaking(PACE, nk.localcacheGet(key) ?? 0, nowMs);
  if (fullAt !== null) nk.localcachePut(key, fullAt, KEPT_SEC);
  return fullAt !== null;
}

/** A player says something: as much may be sent to them. */
export function noteSent(nk: nkruntime.Nakama, sessionId: string, nowMs: number): void {
  const key = keyOf(sessionId);
  const fullAt: number = nk.localcacheGet(key) ?? 0;
  if (fullAt > nowMs) nk.localcachePut(key, givenBack(PACE, fullAt), KEPT_SEC);
}

/** Longer than it takes to fill. */
const KEPT_SEC = 10;

function keyOf(sessionId: string): string {
  return `online_match/pace/${sessionId}`;
}
