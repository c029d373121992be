import { OpCode } from '../protocol/opcodes.ts';
import { addressRoom, encodeRoom } from '../protocol/room-view.ts';
import { playersOf } from '../room/queries.ts';
import type { Member, Room } from '../room/room.ts';
import { viewOf } from '../room/view.ts';
import { type Match, sendText } from './deliver.ts';
import { iceServersIn } from './ice-servers.ts';

/** Sends the room to each player who announced itself; those who had none `before` have ICE servers with it. */
export function sendSnapshots(match: Match, before: Room, after: Room): void {
  const room = encodeRoom(viewOf(after));
  const told = announcedIn(before);
  for (const to of announcedIn(after)) {
    const isFirst = !told.some(({ sessionId }) => sessionId === to.sessionId);
    const ice = isFirst ? iceServersIn(match.ctx, match.nk, to.userId) : null;
    sendText(match, to, OpCode.ROOM, addressRoom(room, to.sessionId, ice));
  }
}

function announcedIn(room: Room): readonly Member[] {
  return playersOf(room).filter(({ announced }) => announced);
}
