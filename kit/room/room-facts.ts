import { isLikeRelayed } from '../../src/room/language.ts';
import type { Room } from '../../src/room/room.ts';
import { hasJoined, hasReply, isConfirmed, type Seat } from '../../src/room/seats/seat.ts';
import type { ToOne } from '../../src/room/step.ts';

// What the ledger holds of a room, found by its own ways.

/** Only confirmed members are told anything; but the very step that confirms one may send them away. */
export function mayReach({ type }: ToOne, seat: Seat, isSentAway: boolean): boolean {
  const [joined, heard] = [hasJoined(seat), hasReply(seat)];
  if (isConfirmed(seat) || (joined && isSentAway)) return true;
  return (type === 'join-error' && joined !== heard) || (type === 'kick' && (joined || heard));
}

/** By its own way, from the peer ids. */
export function awaitsCreator({ founding, lastPeerId, seats }: Room): boolean {
  if (founding.kind !== 'created' || lastPeerId !== 0) return false;
  const { sessionId, userId } = founding.creator;
  return !seats.some((member) =>
    sessionId === null ? member.userId === userId : member.sessionId === sessionId,
  );
}

/** Nakama does not report their join, and they had their reply before anybody could know of the match. */
export function isAdoptedHost({ founding }: Room, { peerId }: Seat): boolean {
  return founding.kind === 'adopted' && peerId === 1;
}

export function hostsIn({ host, seats }: Room): readonly Seat[] {
  return seats.filter(({ peerId }) => peerId === host?.peerId);
}

export function hasNoHostLeft(room: Room): boolean {
  return room.host !== null && hostsIn(room).length === 0 && !isLikeRelayed(room);
}

export function isUnique(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}

/** Jest's `expect` takes too long for the thousands of steps of a property. */
export function demand(isMet: boolean, what: string): void {
  if (!isMet) throw new Error(`demanded: ${what}`);
}
