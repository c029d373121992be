import { RELIABLE_FRAME } from '../../protocol/fallback.ts';
import { type Room, type Rules, TICKS_PER_SECOND } from '../room.ts';
import { isIntroduced, type Seat } from '../seats/seat.ts';
import { seatMeant } from '../seats/seats.ts';
import type { RoomState } from '../step.ts';
import { BURST_SEC, charge, msUntilFree } from './budget.ts';
import { drop, type Received, taken } from './received.ts';
import { mayLink } from './star.ts';
import type { Message } from './traffic.ts';

// Two players between whom WebRTC does not come up send their data through the server: dear, and so bounded.

/** Whether this seat may have its data passed on, and others' to it. */
export function canFallBack({ rules }: Room, { announced, can }: Seat): boolean {
  return announced && can.includes('fallback') && isFallbackOn(rules);
}

export function isFallbackOn({ fallbackBytesPerSec }: Rules): boolean {
  return fallbackBytesPerSec > 0;
}

/** The longest frame: what the budget ever allows at once. */
export function mostFrameBytes({ maxMessageBytes, fallbackBytesPerSec }: Rules): number {
  return Math.min(maxMessageBytes, BURST_SEC * fallbackBytesPerSec);
}

/** A frame goes to the one whom it names, as long as the budgets of its sender and of the server last. */
export function passFrame(state: RoomState, from: Seat, message: Message, tick: number): Received {
  const { recipients, bytes, payload, opCode, reliable } = message;
  const [target, ...others] = recipients ?? [];
  const to = target === undefined || others.length > 0 ? null : seatMeant(state.room, target);
  const isReachable = to !== null && canFallBack(state.room, to) && isIntroduced(to) && isIntroduced(from);
  if (!isReachable) return drop(state, 'no-such-target');
  if (to.id === from.id) return drop(state, 'self-target');
  if (!mayLink(state.room, from, to)) return drop(state, 'no-such-target');
  const counted = charge(state, from, 'frame', tick);
  const charged = counted && charge(counted, from, 'frame-bytes', tick, bytes);
  if (charged === null) return refuse(state, from, message, tick, msUntilFree(state, from, bytes, tick));
  const nodeMs = message.msUntilNodePasses(state.room.rules.fallbackNodeBytesPerSec);
  if (nodeMs > 0) return refuse(charged, from, message, tick, nodeMs);
  const { traffic } = charged;
  return taken(
    { room: state.room, out: [{ type: 'data', to, from, opCode, reliable, payload }] },
    { ...traffic, frames: traffic.frames + 1, frameBytes: traffic.frameBytes + bytes },
  );
}

/** What its sender keeps is not lost without a word; to whoever does not heed it, none more is said. */
function refuse(state: RoomState, from: Seat, message: Message, tick: number, ms: number): Received {
  const dropped = drop(state, 'over-budget');
  if (message.firstByte() !== RELIABLE_FRAME) return dropped;
  const charged = charge(dropped, from, 'slow-down', tick);
  if (charged === null) return dropped;
  const { traffic } = charged;
  return {
    ...dropped,
    traffic: { ...traffic, slowDowns: traffic.slowDowns + 1 },
    out: [{ type: 'slow-down', to: from, ms: Math.max(LEAST_MS, Math.ceil(ms)) }],
  };
}

/** A budget is only looked at anew with the room's clock. */
const LEAST_MS = 1000 / TICKS_PER_SECOND / 4;
