import { isRoomLabel } from '../../protocol/label.ts';

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
