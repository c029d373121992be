import type { JoinRequest } from '../../protocol/join-request.ts';
import { refuse } from '../../protocol/refusal.ts';
import { mayAsk } from '../door/dialect.ts';
import { sendAway } from '../door/refusing.ts';
import { hostOf, isHost } from '../host/host.ts';
import type { Room } from '../room.ts';
import { leave } from '../seats/leaving.ts';
import { isIntroduced, moved, type Seat } from '../seats/seat.ts';
import { updateSeat } from '../seats/seats.ts';
import { quiet, type RoomState } from '../step.ts';
import { refuseVersion } from '../version.ts';
import { charge } from './budget.ts';
import { drop, type Received, relayed, taken } from './received.ts';
import type { Message } from './traffic.ts';

/** A joiner of dialect R asks to be let in: an adopted room's host decides, else the server. */
export function askToBeLetIn(
  state: RoomState,
  from: Seat,
  message: Message,
  request: JoinRequest,
  tick: number,
): Received {
  const { room, traffic } = state;
  const host = hostOf(room);
  if (room.founding.kind === 'adopted' && host !== null && !isHost(room, from)) {
    return askHost(state, from, host, message, tick);
  }
  if (!mayAsk(room, from)) return drop(state, 'unknown-opcode');

  const version = request.clientVersion ?? from.version;
  const isContradicted = from.version !== null && version !== from.version;
  const refusal = isContradicted
    ? refuse('bad-request', 'You named two client versions.')
    : refuseVersion(room, version);
  if (refusal !== null && isIntroduced(from)) {
    const left = leave(room, [from], tick);
    return taken({ room: left.room, out: [...sendAway(room, [from], refusal), ...left.out] }, traffic);
  }
  // Whose join is not answered yet is told after that.
  const verdict = refusal && ({ kind: 'refused', refusal } as const);
  const asked = { version, spectator: request.spectator, askedAt: tick, verdict };
  return taken(quiet(updateSeat(room, from, (seat) => ({ ...seat, ...asked }))), traffic);
}

function askHost(
  state: RoomState,
  from: Seat,
  to: Seat,
  { opCode, payload }: Message,
  tick: number,
): Received {
  const charged = charge(state, from, 'description', tick);
  if (charged === null) return drop(state, 'over-budget');
  return taken(
    {
      room: asking(state.room, from, tick),
      out: [{ type: 'data', to, from, opCode, reliable: true, payload }],
    },
    relayed(charged.traffic),
  );
}

/** Whoever was in as into a relayed match now waits for the host's word. */
function asking(room: Room, from: Seat, tick: number): Room {
  return updateSeat(room, from, (seat) =>
    seat.peerId === 0 ? { ...(moved(seat, 'withdrawn', tick) ?? seat), askedAt: tick } : null,
  );
}
