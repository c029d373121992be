import { isIntroduced, memberOf } from './queries.ts';
import type { Held, Out, Room, Step } from './room.ts';

/** Whether `to` may have one more message waiting for him. */
export function canHold(room: Room, to: string): boolean {
  return room.held.filter((message) => message.to === to).length < room.rules.heldMessages;
}

export function hold(room: Room, message: Held): Room {
  return { ...room, held: [...room.held, message] };
}

/** Sends on what waited for members that are introduced by now, in the order in which it came. */
export function releaseHeld(room: Room): Step {
  if (room.held.length === 0) return { room, out: [] };
  const out: Out[] = [];
  const held: Held[] = [];
  for (const message of room.held) {
    const from = memberOf(room, message.from);
    const to = memberOf(room, message.to);
    if (from === null || to === null) continue;
    if (isIntroduced(from) && isIntroduced(to)) {
      const { opCode, payload } = message;
      out.push({ type: 'data', to, from, opCode, payload });
    } else {
      held.push(message);
    }
  }
  return { room: { ...room, held }, out };
}
