import type { Property } from '../../protocol/properties.ts';
import type { PlayerStatus, Room } from '../room.ts';
import { playersHere } from './seats.ts';

// What players say of themselves to the others: that they are ready, and what they like.

export function statusOf({ statuses }: Room, seat: number): PlayerStatus {
  return statuses.find((status) => status.seat === seat) ?? { seat, ready: false, properties: [] };
}

/** The room after one of them said so; null leaves what they said before. */
export function withStatus(
  room: Room,
  seat: number,
  ready: boolean | null,
  properties: readonly Property[] | null,
): Room {
  if (ready === null && properties === null) return room;
  const before = statusOf(room, seat);
  const status = { seat, ready: ready ?? before.ready, properties: properties ?? before.properties };
  return { ...room, statuses: [...room.statuses.filter((one) => one.seat !== seat), status] };
}

/** Whether all who are here, and could say so, are; somebody who is away neither hinders it nor counts. */
export function areAllReady(room: Room): boolean {
  const able = playersHere(room).filter(({ announced }) => announced);
  return able.length > 0 && able.every(({ id }) => statusOf(room, id).ready);
}

/** For the next game everybody says it anew. */
export function withNobodyReady(room: Room): Room {
  if (!room.statuses.some(({ ready }) => ready)) return room;
  return { ...room, statuses: room.statuses.map((status) => ({ ...status, ready: false })) };
}
