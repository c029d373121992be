import { isOnlineMatchOpCode } from '../../protocol/opcodes.ts';
import type { PeerMethod } from '../../protocol/peer-method.ts';
import { isLikeRelayed } from '../language.ts';
import type { Room } from '../room.ts';
import { isConfirmed, isIntroduced, type Seat } from '../seats/seat.ts';
import { seatMeant, without } from '../seats/seats.ts';
import { type Change, quiet, type RoomState } from '../step.ts';
import { charge } from './budget.ts';
import { canWait, wait } from './pending.ts';
import { drop, type Received, relayed, taken } from './received.ts';
import { mayLink } from './star.ts';
import type { Message } from './traffic.ts';

/** A WebRTC message goes to its one target, waits until both can be told, or is dropped. */
export function relay(
  state: RoomState,
  from: Seat,
  message: Message,
  { kind, target }: PeerMethod,
  tick: number,
): Received {
  const to = seatMeant(state.room, target);
  if (to === null) return drop(state, 'no-such-target');
  if (to.id === from.id) return drop(state, 'self-target');
  if (!mayLink(state.room, from, to)) return drop(state, 'no-such-target');
  const charged = charge(state, from, kind, tick);
  if (charged === null) return drop(state, 'over-budget');
  const sent = send(state.room, from, to, { ...message, reliable: true });
  return sent === null ? drop(state, 'held-full') : taken(sent, relayed(charged.traffic));
}

/** As Nakama does it in a relayed match: to whom the sender picked, or to everybody else. */
export function passOn({ room, traffic }: RoomState, from: Seat, message: Message): Received {
  const { recipients, opCode } = message;
  const picked =
    recipients === null
      ? without(room.seats, [from])
      : room.seats.filter(({ sessionId }) => recipients.includes(sessionId));
  // Clients that know this server take these from nobody but the server.
  const isFor = isOnlineMatchOpCode(opCode) ? ({ announced }: Seat) => !announced : () => true;
  // Also for those whom the room does not know to have joined yet: they may have Nakama's reply.
  return picked.filter(isFor).reduce<Received>(
    (before, one) => {
      const sent = send(before.room, from, one, message);
      if (sent === null) return { ...drop(before, 'held-full'), out: before.out };
      return taken({ room: sent.room, out: [...before.out, ...sent.out] }, relayed(before.traffic));
    },
    taken({ room, out: [] }, traffic),
  );
}

/** In what is like a relayed match, those too who wait for a host of the addon. */
function isReached(room: Room, seat: Seat): boolean {
  return isIntroduced(seat) || (isConfirmed(seat) && isLikeRelayed(room));
}

/** Null when too much waits for the recipient already. */
function send(room: Room, from: Seat, to: Seat, { opCode, reliable, payload }: Message): Change | null {
  if (isReached(room, from) && isReached(room, to)) {
    return { room, out: [{ type: 'data', to, from, opCode, reliable, payload }] };
  }
  const message = { from: from.id, opCode, reliable, payload };
  return canWait(room, to.id, message) ? quiet(wait(room, to.id, message)) : null;
}
