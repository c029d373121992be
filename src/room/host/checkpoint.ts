import { charge } from '../messages/budget.ts';
import { drop, type Received, taken } from '../messages/received.ts';
import type { Message } from '../messages/traffic.ts';
import { type Checkpoint, type Room, TICKS_PER_SECOND } from '../room.ts';
import { isIntroduced, type Seat } from '../seats/seat.ts';
import { type Change, quiet, type RoomState } from '../step.ts';
import { hostOf } from './host.ts';

// The game's state, which the host leaves with the room for whoever is host next. The room knows its number only; its
// bytes lie where Nakama's console does not show them, and are forgotten unless they are kept again.

/** Well before what lies beside the room is forgotten. */
const KEEP_TICKS = 1800 * TICKS_PER_SECOND;

/** From the host; only the newest is kept. */
export function receiveCheckpoint(
  state: RoomState,
  from: Seat,
  { payload }: Message,
  tick: number,
): Received {
  const { host, checkpoint } = state.room;
  if (host === null || !isIntroduced(from)) return drop(state, 'unknown-opcode');
  const charged = charge(state, from, 'checkpoint', tick);
  if (charged === null) return drop(state, 'over-budget');
  const sequence = (checkpoint?.sequence ?? 0) + 1;
  const room: Room = { ...state.room, checkpoint: { term: host.term, sequence, keptAt: tick } };
  return taken({ room, out: [{ type: 'keep-checkpoint', payload }] }, charged.traffic);
}

/** To a host who is new, or who came back without their game's state. */
export function sendCheckpoint(before: Room, after: Room): Change {
  const { checkpoint } = after;
  const host = checkpoint === null ? null : hostOf(after);
  if (checkpoint === null || host === null || !isIntroduced(host)) return quiet(after);
  if (!isInNeed(before, after, host)) return quiet(after);
  const { term, sequence } = checkpoint;
  return { room: after, out: [{ type: 'checkpoint', to: host, term, sequence }] };
}

function isInNeed(before: Room, after: Room, host: Seat): boolean {
  if (before.host?.term !== after.host?.term) return true;
  const same = before.seats.find(({ id }) => id === host.id);
  return same !== undefined && !isIntroduced(same) && same.away?.isFresh === true;
}

export function keepCheckpoint(room: Room, tick: number): Change {
  const { checkpoint } = room;
  if (checkpoint === null || tick < keepDateOf(checkpoint)) return quiet(room);
  return {
    room: { ...room, checkpoint: { ...checkpoint, keptAt: tick } },
    out: [{ type: 'keep-checkpoint', payload: null }],
  };
}

export function keepDateOf({ keptAt }: Checkpoint): number {
  return keptAt + KEEP_TICKS;
}
