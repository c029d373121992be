import type { PendingMessage, Room } from './room.ts';
import { isIntroduced } from './seat.ts';
import { seatWith } from './seats.ts';
import type { Change, Out } from './step.ts';

/** Whether one more message may wait for that seat. */
export function canWait(room: Room, to: number): boolean {
  return room.pending.filter((message) => message.to === to).length < room.rules.heldMessages;
}

export function wait(room: Room, message: PendingMessage): Room {
  return { ...room, pending: [...room.pending, message] };
}

/** Sends on what waited for seats that are introduced by now, in the order in which it came. */
export function release(room: Room): Change {
  if (room.pending.length === 0) return { room, out: [] };
  const out: Out[] = [];
  const pending: PendingMessage[] = [];
  for (const message of room.pending) {
    const from = seatWith(room, message.from);
    const to = seatWith(room, message.to);
    if (from === null || to === null) continue;
    if (isIntroduced(from) && isIntroduced(to)) {
      const { opCode, payload } = message;
      out.push({ type: 'data', to, from, opCode, payload });
    } else {
      pending.push(message);
    }
  }
  return { room: { ...room, pending }, out };
}
