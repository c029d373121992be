import type { OnlineMatch, Player } from '../../clients/web/src/index.ts';
import { encodePassed } from './wire.ts';

/** In a star players are linked to the host alone. */
export function isStar({ room }: OnlineMatch): boolean {
  return room?.topology === 'star';
}

/** Whether this player is to have a link to that one. */
export function isLinkable(match: OnlineMatch, peerId: number): boolean {
  return !isStar(match) || match.isHost || match.host?.peerId === peerId;
}

/** The host of a star tells the others what one of them has said. */
export function passOn(
  match: OnlineMatch,
  from: Player,
  data: string | ArrayBuffer,
  reliable: boolean,
): void {
  for (const { peerId, status } of match.players) {
    const isOther = peerId !== from.peerId && peerId !== match.self?.peerId;
    if (isOther && status === 'connected') match.send(peerId, encodePassed(from.peerId, data), { reliable });
  }
}
