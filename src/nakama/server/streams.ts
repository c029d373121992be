import type { Session } from '../../room/seats/seat.ts';

/** Nakama's stream mode of authoritative matches. */
const AUTHORITATIVE = 6;

/** The presence stream of a match, to which Nakama adds every session whose join it has answered. */
export function streamOf(matchId: string): nkruntime.Stream {
  const dot = matchId.indexOf('.');
  return { mode: AUTHORITATIVE, subject: matchId.slice(0, dot), label: matchId.slice(dot + 1) };
}

export function isTracked(nk: nkruntime.Nakama, matchId: string, userId: string, sessionId: string): boolean {
  try {
    return Boolean(nk.streamUserGet(userId, sessionId, streamOf(matchId)));
  } catch {
    return false;
  }
}

/** Whether a user is in the match, with any of their sessions. */
export function isUserIn(nk: nkruntime.Nakama, matchId: string, userId: string): boolean {
  return nk.streamUserList(streamOf(matchId)).some((presence) => presence.userId === userId);
}

/** Where a session's socket is. */
export type Address = Pick<Session, 'sessionId' | 'node'>;

/** Sends any envelope to sessions; to nobody where there are none, where Nakama would send to all. */
export function sendRaw(nk: nkruntime.Nakama, to: readonly Address[], envelope: object): void {
  if (to.length > 0) nk.streamSendRaw(NO_STREAM, envelope, to.map(recipientAt));
}

export function sendRawTo(nk: nkruntime.Nakama, to: Address, envelope: object): void {
  nk.streamSendRaw(NO_STREAM, envelope, [recipientAt(to)]);
}

/** The runtime reads `nodeId`; its typings say `node`. */
function recipientAt({ sessionId, node }: Address): nkruntime.Presence {
  return { sessionId, nodeId: node } as unknown as nkruntime.Presence;
}

/** Nakama looks at the stream only where nobody is named. */
const NO_STREAM = { mode: AUTHORITATIVE };
