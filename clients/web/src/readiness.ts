import type { Room } from './room.ts';
import type { Roster } from './roster.ts';

/** A match is ready when enough players are here and no link between any of them is known to be down. */
export function isReadyFrom(roster: Roster, room: Room | null, minPlayers: number): boolean {
  const here = roster.players.filter(({ away }) => !away);
  const isEnough = roster.isComplete && here.length >= (room?.minPlayers ?? minPlayers);
  return isEnough && roster.areConnected && (room?.connected ?? true);
}
