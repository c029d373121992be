import { type Bucket, putTokenBack, takeToken } from './token-bucket.ts';

// How many signals a player may be sent without their match, which sends them one after the other. Nakama closes the socket
// of a client that has 64 messages to read, by default (`socket.outgoing_queue_size`), and cannot be asked how many wait.

/** At once; and then a second, besides as many as the player says themselves, by which they are known to keep up. */
const PACE: Bucket = { size: 20, perMinute: 60 * 50 };

/** Takes one of what may be sent to a player now; false where that is used up. */
export function mayBeSent(nk: nkruntime.Nakama, sessionId: string): boolean {
  return takeToken(nk, keyOf(sessionId), PACE);
}

/** A player says something: as much may be sent to them. */
export function noteSent(nk: nkruntime.Nakama, sessionId: string): void {
  putTokenBack(nk, keyOf(sessionId), PACE);
}

function keyOf(sessionId: string): string {
  return `online_match/pace/${sessionId}`;
}
