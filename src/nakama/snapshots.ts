import { OpCode } from '../protocol/opcodes.ts';
import { addressRoom, encodeRoom } from '../protocol/room-view.ts';
import { playersOf } from '../room/queries.ts';
import type { Member, Room } from '../room/room.ts';
import { viewOf } from '../room/view.ts';
import { type Match, sendText } from './deliver.ts';
import { iceServersIn } from './ice-servers.ts';

/** Sends the room to each player who announced itself, where it is not as they were told last. */
export function sendSnapshots(match: Match, before: Room, after: Room): void {
  const readers = announcedIn(after);
  if (readers.length === 0) return;
  const room = encodeRoom(viewOf(after));
  const told = announcedIn(before);
  const isNews = told.length === 0 || room !== encodeRoom(viewOf(before));
  for (const to of readers) {
    const isFirst = !told.some(({ sessionId }) => sessionId === to.sessionId);
    if (!isFirst && !isNews) continue;
    const ice = isFirst ? iceServersIn(match.ctx, match.nk, to.userId) : null;
    sendText(match, to, OpCode.ROOM, addressRoom(room, to.sessionId, ice));
  }
}

function announcedIn(room: Room): readonly Member[] {
  return playersOf(room).filter(({ announced }) => announced);
}
