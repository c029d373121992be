import { encodeRoom, type RoomView } from '../protocol/room-view.ts';
import type { Room } from './room.ts';
import { viewOf } from './view.ts';

/** When the players who announced themselves are told of a change: at once, on the next tick, or never. */
export type News = 'now' | 'later' | 'none';

/** Links are many, so those that only get on wait; one that failed, or was the last to come up, does not. */
export function newsIn(before: Room, after: Room): News {
  if (!hasReaders(after)) return 'none';
  return hasReaders(before) ? newsBetween(viewOf(before), viewOf(after)) : 'now';
}

function newsBetween(before: RoomView, after: RoomView): News {
  if (encodeRoom({ ...before, links: [] }) !== encodeRoom({ ...after, links: [] })) return 'now';
  // The same players have the same links, in the same order.
  const changed = after.links.filter(({ state }, index) => state !== before.links[index]?.state);
  if (changed.length === 0) return 'none';
  return changed.some(({ state }) => state === 'failed') ? 'now' : 'later';
}

function hasReaders({ members }: Room): boolean {
  return members.some(({ introduced, announced }) => introduced && announced);
}
