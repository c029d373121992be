import { OpCode } from '../../protocol/opcodes.ts';
import { addressRoom, encodeRoom } from '../../protocol/room-view.ts';
import { readersOf } from '../../room/news.ts';
import { type Room, without } from '../../room/room.ts';
import { viewOf } from '../../room/view.ts';
import { iceServersOf } from '../server/ice-servers.ts';
import { type Match, sendText } from './deliver.ts';

/**
 * Sends the room to the players who announced themselves: to all in one, but for those who had none `before`. To
 * Nakama one message to 15 costs little more than one to one.
 */
export function sendSnapshots(match: Match, before: Room, after: Room): void {
  const room = encodeRoom(viewOf(after));
  const newcomers = without(readersOf(after), readersOf(before));
  for (const to of newcomers) {
    const ice = iceServersOf(match.ctx, match.nk, to.userId);
    sendText(match, [to], OpCode.ROOM, addressRoom(room, to.sessionId, ice));
  }
  sendText(match, without(readersOf(after), newcomers), OpCode.ROOM, room);
}
