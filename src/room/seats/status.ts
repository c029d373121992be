import type { StatusReported } from '../../protocol/status.ts';
import { charge } from '../messages/budget.ts';
import { drop, type Received, taken } from '../messages/received.ts';
import type { Room } from '../room.ts';
import { quiet, type RoomState } from '../step.ts';
import { shorten } from './away.ts';
import { withStatus } from './readiness.ts';
import { isPlayer, type Keeping, type Seat } from './seat.ts';
import { updateSeat } from './seats.ts';

/** What the others are told of costs more than what only the room notes. */
const TOLD_TO_ALL = 4;

/** A player says of themselves what the others see, and what decides how long their seat is kept, and whether they can host. */
export function receiveStatus(state: RoomState, from: Seat, said: StatusReported, tick: number): Received {
  if (!from.announced || !isPlayer(from)) return drop(state, 'unknown-opcode');
  const { ready, properties } = said;
  const isForAll = ready !== null || properties !== null;
  const charged = charge(state, from, 'status', tick, isForAll ? TOLD_TO_ALL : 1);
  if (charged === null) return drop(state, 'over-budget');
  const told = withStatus(state.room, from.id, ready, properties);
  const noted = updateSeat(told, from, (seat) => {
    const keeping = keepingAfter(seat.keeping, said, tick);
    return keeping === null ? null : { ...seat, keeping };
  });
  return taken(quiet(said.leaving === true ? parting(noted, from) : noted), charged.traffic);
}

function parting(room: Room, { id }: Seat): Room {
  const seat = room.seats.find((one) => one.id === id);
  return seat === undefined ? room : shorten(room, seat);
}

/** Null where nothing is new. */
function keepingAfter(
  before: Keeping,
  { background, leaving }: StatusReported,
  tick: number,
): Keeping | null {
  const isInBackground = background ?? before.backgroundSince !== null;
  const backgroundSince = isInBackground ? (before.backgroundSince ?? tick) : null;
  const after = { ...before, leaving: leaving ?? before.leaving, backgroundSince };
  const isSame = after.leaving === before.leaving && after.backgroundSince === before.backgroundSince;
  return isSame ? null : after;
}
