import { isIntroduced, memberOf } from './queries.ts';
import {
  type Held,
  type HeldMessage,
  NOTHING_HELD,
  type Out,
  type Queue,
  type Room,
  type Rules,
  type Share,
  type Step,
} from './room.ts';

/** Whether `to` may have this message waiting too, and its sender and the room may keep as much. */
export function canHold({ held, rules }: Room, to: string, message: HeldMessage): boolean {
  const { from } = message;
  const bytes = bytesOf(message);
  const queue = held.queues.find((one) => one.to === to);
  const share = held.shares.find((one) => one.from === from);
  const all = held.shares.reduce((sum, one) => sum + one.bytes, 0);
  const { ofSender, ofRoom } = heldBytesOf(rules);
  return (
    (queue?.messages.length ?? 0) < rules.heldMessages &&
    (share?.bytes ?? 0) + bytes <= ofSender &&
    all + bytes <= ofRoom
  );
}

/**
 * What a sender may have waiting: the largest message for every seat, which is a description and its candidates
 * for each of the others. All together have what eight of them may: a room that meets at once.
 */
export function heldBytesOf({ maxMessageBytes, maxPlayers }: Rules): {
  readonly ofSender: number;
  readonly ofRoom: number;
} {
  const ofSender = maxMessageBytes * maxPlayers;
  return { ofSender, ofRoom: FULL_SHARES * ofSender };
}

const FULL_SHARES = 8;

export function hold(room: Room, to: string, message: HeldMessage): Room {
  const { queues, shares } = room.held;
  const waiting = queues.find((one) => one.to === to)?.messages ?? [];
  const queue: Queue = { to, messages: [...waiting, message] };
  const held: Held = {
    queues: [...queues.filter((one) => one.to !== to), queue],
    shares: addTo(shares, message.from, bytesOf(message)),
  };
  return { ...room, held };
}

/** Sends on what waited for members that are introduced by now, in the order in which each of them sent it. */
export function releaseHeld(room: Room): Step {
  if (room.held.queues.length === 0) return { room, out: [] };
  const out: Out[] = [];
  const queues = room.held.queues.flatMap(({ to: target, messages }): Queue[] => {
    const to = memberOf(room, target);
    if (to === null) return [];
    const left = messages.filter(({ from: sender, opCode, payload }) => {
      const from = memberOf(room, sender);
      if (from === null) return false;
      if (!isIntroduced(from) || !isIntroduced(to)) return true;
      out.push({ type: 'data', to, from, opCode, payload });
      return false;
    });
    return left.length === 0 ? [] : [{ to: target, messages: left }];
  });
  return { room: { ...room, held: heldIn(queues) }, out };
}

/** Without what waits for those who are gone, or from them. */
export function forgetHeld(held: Held, isGone: (sessionId: string) => boolean): Held {
  if (held.queues.length === 0) return held;
  return heldIn(
    held.queues
      .filter(({ to }) => !isGone(to))
      .map(({ to, messages }) => ({ to, messages: messages.filter(({ from }) => !isGone(from)) }))
      .filter(({ messages }) => messages.length > 0),
  );
}

function heldIn(queues: readonly Queue[]): Held {
  if (queues.length === 0) return NOTHING_HELD;
  const all = queues.flatMap(({ messages }) => messages);
  return {
    queues,
    shares: all.reduce<readonly Share[]>(
      (shares, message) => addTo(shares, message.from, bytesOf(message)),
      [],
    ),
  };
}

function addTo(shares: readonly Share[], from: string, bytes: number): Share[] {
  const before = shares.find((one) => one.from === from)?.bytes ?? 0;
  return [...shares.filter((one) => one.from !== from), { from, bytes: before + bytes }];
}

/** Of base64, as near as need be. */
function bytesOf({ payload }: HeldMessage): number {
  return (payload.length * 3) / 4;
}
