import type { Room } from './room.ts';
import type { Roster } from './roster.ts';

/** A match is ready when enough players are here and no link that is to be between any of them is known to be down. */
export function isReadyFrom(
  roster: Roster,
  room: Room | null,
  minPlayers: number,
  mayLink: (peerId: number) => boolean,
): boolean {
  const here = roster.players.filter(({ away }) => !away);
  const isEnough = roster.isComplete && here.length >= (room?.minPlayers ?? minPlayers);
  const areConnected = here.every(({ peerId, status }) => status === 'connected' || !mayLink(peerId));
  return isEnough && areConnected && (room?.connected ?? true);
}
