import {
  NOTHING_PENDING,
  type Pending,
  type PendingMessage,
  type Queue,
  type Room,
  type Rules,
  type Share,
} from '../room.ts';
import { isIntroduced } from '../seats/seat.ts';
import { seatWith } from '../seats/seats.ts';
import { type Change, type Out, quiet } from '../step.ts';

/** Whether `to` may have this message waiting too, and its sender and the room may keep as much. */
export function canWait({ pending, rules }: Room, to: number, message: PendingMessage): boolean {
  const { from } = message;
  const bytes = bytesOf(message);
  const queue = pending.queues.find((one) => one.to === to);
  const share = pending.shares.find((one) => one.from === from);
  const all = pending.shares.reduce((sum, one) => sum + one.bytes, 0);
  const { ofSender, ofRoom } = pendingBytesOf(rules);
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
export function pendingBytesOf({ maxMessageBytes, maxPlayers }: Rules): {
  readonly ofSender: number;
  readonly ofRoom: number;
} {
  const ofSender = maxMessageBytes * maxPlayers;
  return { ofSender, ofRoom: FULL_SHARES * ofSender };
}

const FULL_SHARES = 8;

export function wait(room: Room, to: number, message: PendingMessage): Room {
  const { queues, shares } = room.pending;
  const waiting = queues.find((one) => one.to === to)?.messages ?? [];
  const queue: Queue = { to, messages: [...waiting, message] };
  const pending: Pending = {
    queues: [...queues.filter((one) => one.to !== to), queue],
    shares: addTo(shares, message.from, bytesOf(message)),
  };
  return { ...room, pending };
}

/** Sends on what waited for seats that are introduced by now, in the order in which each of them was sent it. */
export function release(room: Room): Change {
  if (room.pending.queues.length === 0) return quiet(room);
  const out: Out[] = [];
  const queues = room.pending.queues.flatMap(({ to: target, messages }): Queue[] => {
    const to = seatWith(room, target);
    if (to === null) return [];
    const left = messages.filter(({ from: sender, ...message }) => {
      const from = seatWith(room, sender);
      if (from === null) return false;
      if (!isIntroduced(from) || !isIntroduced(to)) return true;
      out.push({ type: 'data', to, ...message, from });
      return false;
    });
    return left.length === 0 ? [] : [{ to: target, messages: left }];
  });
  return out.length === 0 ? quiet(room) : { room: { ...room, pending: pendingIn(queues) }, out };
}

/** Without what waits for those who are gone, or from them. */
export function forgetPending(pending: Pending, isGone: (seat: number) => boolean): Pending {
  return keepPending(pending, (from, to) => !isGone(from) && !isGone(to));
}

/** What waits for some, from some others. */
export function keepPending(pending: Pending, isKept: (from: number, to: number) => boolean): Pending {
  if (pending.queues.length === 0) return pending;
  return pendingIn(
    pending.queues
      .map(({ to, messages }) => ({ to, messages: messages.filter(({ from }) => isKept(from, to)) }))
      .filter(({ messages }) => messages.length > 0),
  );
}

function pendingIn(queues: readonly Queue[]): Pending {
  if (queues.length === 0) return NOTHING_PENDING;
  const all = queues.flatMap(({ messages }) => messages);
  return {
    queues,
    shares: all.reduce<readonly Share[]>(
      (shares, message) => addTo(shares, message.from, bytesOf(message)),
      [],
    ),
  };
}

function addTo(shares: readonly Share[], from: number, bytes: number): Share[] {
  const before = shares.find((one) => one.from === from)?.bytes ?? 0;
  return [...shares.filter((one) => one.from !== from), { from, bytes: before + bytes }];
}

/** Of base64, as near as need be. */
function bytesOf({ payload }: PendingMessage): number {
  return (payload.length * 3) / 4;
}
