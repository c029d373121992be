import { isRoomLabel } from '../../protocol/label.ts';
import type { Session } from '../../room/seat.ts';

export const HANDLER = 'online_match';

/** The parameter with which a match is made as it shall be, in JSON: as an object Nakama would refuse its nulls. */
export const NEW_MATCH = 'new_match';

/** The label of an authoritative match on this server, or null when the id is not of one. */
export function labelOfMatch(nk: nkruntime.Nakama, matchId: string): string | null {
  if (!isAuthoritativeId(matchId)) return null;
  try {
    return nk.matchGet(matchId)?.label ?? null;
  } catch {
    return null;
  }
}

/** Whether the match is one of this module's. JavaScript is not told a match's handler, but its label. */
export function isRoom(nk: nkruntime.Nakama, matchId: string): boolean {
  const label = labelOfMatch(nk, matchId);
  return label !== null && isRoomLabel(label);
}

/** `<uuid>.<node>`; the ids of relayed matches end with the dot. */
export function isAuthoritativeId(matchId: string): boolean {
  const dot = matchId.indexOf('.');
  return dot > 0 && dot < matchId.length - 1;
}

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

/** Whether a user is in the match: with this session, or with any where it is null. */
export function isUserIn(
  nk: nkruntime.Nakama,
  matchId: string,
  userId: string,
  sessionId: string | null,
): boolean {
  if (sessionId !== null) return isTracked(nk, matchId, userId, sessionId);
  return nk.streamUserList(streamOf(matchId)).some((presence) => presence.userId === userId);
}

/** Sends any envelope to sessions; to nobody where there are none, where Nakama would send to all. */
export function sendRaw(
  nk: nkruntime.Nakama,
  matchId: string,
  to: readonly Session[],
  envelope: object,
): void {
  if (to.length === 0) return;
  // The runtime reads `nodeId`; its typings say `node`.
  const recipients = to.map(({ sessionId, node }) => ({ sessionId, nodeId: node }));
  nk.streamSendRaw(streamOf(matchId), envelope, recipients as unknown as nkruntime.Presence[]);
}
