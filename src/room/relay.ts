import { isOnlineMatchOpCode } from '../protocol/opcodes.ts';
import type { PeerMethod } from '../protocol/peer-method.ts';
import { charge } from './budget.ts';
import { canHold, hold } from './held.ts';
import { isLikeRelayed } from './language.ts';
import { isConfirmed, memberOf } from './queries.ts';
import { type Member, type Room, type Step, without } from './room.ts';
import { drop, type Message, type Traffic, type TrafficStep } from './traffic.ts';

/** A WebRTC message goes to its one target, waits until both can be told, or is dropped. */
export function relay(
  room: Room,
  traffic: Traffic,
  from: Member,
  message: Message,
  { kind, target }: PeerMethod,
  tick: number,
): TrafficStep {
  if (target === from.sessionId) return drop(room, traffic, 'self-target');
  const to = memberOf(room, target);
  if (to === null) return drop(room, traffic, 'no-such-target');
  const uses = charge(room, traffic.uses, from, kind, tick);
  if (uses === null) return drop(room, traffic, 'over-budget');
  const sent = send(room, from, to, message);
  if (sent === null) return drop(room, traffic, 'held-full');
  const { relayed, dropped } = traffic;
  return { room: sent.room, out: sent.out, traffic: { uses, relayed: relayed + 1, dropped } };
}

/** As Nakama does it in a relayed match: to whom the sender picked, or to everybody else. */
export function passOn(room: Room, traffic: Traffic, from: Member, message: Message): TrafficStep {
  const { recipients, opCode } = message;
  const picked =
    recipients === null
      ? without(room.members, [from])
      : room.members.filter(({ sessionId }) => recipients.includes(sessionId));
  // Clients that know this server take these from nobody but the server.
  const to = isOnlineMatchOpCode(opCode) ? picked.filter(({ announced }) => !announced) : picked;
  return to.reduce<TrafficStep>(
    (before, one) => {
      const sent = send(before.room, from, one, message);
      if (sent === null) return { ...drop(before.room, before.traffic, 'held-full'), out: before.out };
      const counted = { ...before.traffic, relayed: before.traffic.relayed + 1 };
      return { room: sent.room, traffic: counted, out: [...before.out, ...sent.out] };
    },
    { room, traffic, out: [] },
  );
}

/** In what is like a relayed match, those too who wait for a host of the addon. */
function isReached(room: Room, member: Member): boolean {
  return member.introduced || (isConfirmed(member) && isLikeRelayed(room));
}

/** Null when too much waits for the recipient already. */
function send(room: Room, from: Member, to: Member, { opCode, payload }: Message): Step | null {
  if (isReached(room, from) && isReached(room, to)) {
    return { room, out: [{ type: 'data', to, from, opCode, payload }] };
  }
  const message = { from: from.sessionId, opCode, payload };
  return canHold(room, to.sessionId, message) ? { room: hold(room, to.sessionId, message), out: [] } : null;
}
