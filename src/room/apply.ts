import { admit, turnAwayLost, turnAwayStranger } from './admission.ts';
import { elapse } from './clock.ts';
import { command } from './commands.ts';
import type { RoomEvent } from './events.ts';
import { introduce } from './introduction.ts';
import { leave } from './leaving.ts';
import { receive } from './receive.ts';
import { drop, forgetUses } from './received.ts';
import type { Room } from './room.ts';
import { sealForShutdown } from './seal.ts';
import { hasReply, moved, type Seat } from './seat.ts';
import { seatOf, seatsOf, updateSeat, updateSeats } from './seats.ts';
import { sendSnapshots } from './snapshots.ts';
import { type Change, quiet, type RoomState, type Step, then } from './step.ts';
import type { Message } from './traffic.ts';

/**
 * The room after an event at a tick, what to send to whom, and the answer where somebody waits for one. The very
 * room comes back when nothing changed: a new one costs time to store.
 */
export function apply(state: RoomState, event: RoomEvent, tick: number): Step {
  const step = carryOut(state, event, tick);
  if (step.room === state.room && event.type !== 'ticked') return step;
  const introduced = then(step, (room) => introduce(room, tick));
  const told = then(introduced, (room) => sendSnapshots(state.room, room, event.type === 'ticked'));
  if (told.room === state.room) return { ...step, ...told };
  return { ...step, ...told, traffic: forgetUses(step.traffic, told.room) };
}

function carryOut(state: RoomState, event: RoomEvent, tick: number): Step {
  const { room } = state;
  switch (event.type) {
    case 'attempted': {
      const { room: after, refusal } = admit(room, event.candidate, tick);
      return { ...changed(state, quiet(after)), refusal };
    }
    case 'joined':
      return changed(state, quiet(join(room, event.sessionIds, tick)));
    case 'answered': {
      const seat = seatOf(room, event.who.sessionId);
      return changed(
        state,
        seat === null ? turnAwayStranger(room, event.who) : quiet(answer(room, seat, tick)),
      );
    }
    case 'lost':
      return changed(state, turnAwayLost(room, event.who, tick));
    case 'left':
      return changed(state, leave(room, seatsOf(room, event.sessionIds), tick));
    case 'messaged':
      return heed(state, event.message, tick);
    case 'commanded': {
      const { room: after, refusal } = command(room, event.by, event.command);
      return { ...changed(state, quiet(after)), refusal };
    }
    case 'ticked':
      return changed(state, elapse(room, event.tracked, tick));
    case 'shutting-down':
      return changed(state, quiet(sealForShutdown(room)));
  }
}

function changed({ traffic }: RoomState, { room, out }: Change): Step {
  return { room, traffic, out, refusal: null, dropped: null };
}

function join(room: Room, sessionIds: readonly string[], tick: number): Room {
  return updateSeats(room, (seat) =>
    sessionIds.includes(seat.sessionId) ? moved(seat, 'joined', tick) : null,
  );
}

function answer(room: Room, seat: Seat, tick: number): Room {
  return updateSeat(room, seat, (one) => moved(one, 'answered', tick));
}

/** Whoever says something has the reply to their join. */
function heed(state: RoomState, message: Message, tick: number): Step {
  const heard = answeredBy(state.room, message.from, tick);
  const from = seatOf(heard.room, message.from);
  const before = { ...state, room: heard.room };
  const received = from === null ? drop(before, 'not-a-member') : receive(before, from, message, tick);
  const out = heard.out.length === 0 ? received.out : [...heard.out, ...received.out];
  return { ...received, out, refusal: null };
}

function answeredBy(room: Room, sessionId: string, tick: number): Change {
  const seat = seatOf(room, sessionId);
  if (seat === null || hasReply(seat)) return quiet(room);
  return introduce(answer(room, seat, tick), tick);
}
