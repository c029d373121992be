import { elapse } from './clock.ts';
import { admit, turnAwayLost, turnAwayStranger } from './door/admission.ts';
import { keepSeat } from './door/keep-seat.ts';
import { unlock } from './door/unlock.ts';
import type { RoomEvent } from './events.ts';
import { sendCheckpoint } from './host/checkpoint.ts';
import { command } from './host/commands.ts';
import { sealForShutdown } from './host/seal.ts';
import { succeed } from './host/succession.ts';
import { release } from './messages/pending.ts';
import { receive } from './messages/receive.ts';
import { drop, forgetUses } from './messages/received.ts';
import { forgetOldStar } from './messages/star.ts';
import type { Message } from './messages/traffic.ts';
import type { Room } from './room.ts';
import { loseSockets } from './seats/away.ts';
import { introduce } from './seats/introduction.ts';
import { leave } from './seats/leaving.ts';
import { hasReply, moved, type Seat } from './seats/seat.ts';
import { seatOf, seatsOf, updateSeat, updateSeats } from './seats/seats.ts';
import { sendSnapshots } from './snapshots.ts';
import { type Change, quiet, type RoomState, type Step, then } from './step.ts';

/**
 * The room after an event at a tick, what to send to whom, and the answer where somebody waits for one. The very
 * room comes back when nothing changed: a new one costs time to store.
 */
export function apply(state: RoomState, event: RoomEvent, tick: number): Step {
  const step = carryOut(state, event, tick);
  const isTick = event.type === 'ticked';
  if (step.room === state.room && !isTick) return step;
  const settled = then(step, (room) => settle(state.room, room, tick, isTick));
  if (settled.room === state.room) return { ...step, ...settled };
  return { ...step, ...settled, traffic: forgetUses(step.traffic, settled.room) };
}

/** Lets in who can come in, and tells everybody what is another than before; what waited goes out after that. */
function settle(before: Room, changed: Room, tick: number, isTick: boolean): Change {
  const steps: readonly ((room: Room) => Change)[] = [
    (room) => introduce(room, tick),
    (room) => quiet(forgetOldStar(before, succeed(room, tick))),
    (room) => sendSnapshots(before, room, tick, isTick),
    (room) => sendCheckpoint(before, room),
    release,
  ];
  return steps.reduce(then, quiet(changed));
}

function carryOut(state: RoomState, event: RoomEvent, tick: number): Step {
  const { room } = state;
  switch (event.type) {
    case 'attempted': {
      const { refusal, ...attempted } = admit(room, event.candidate, tick);
      return { ...changed(state, attempted), refusal };
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
    case 'disconnected':
      return changed(state, loseSockets(room, seatsOf(room, event.sessionIds), tick));
    case 'messaged':
      return heed(state, event.message, tick);
    case 'commanded': {
      const { refusal, ...commanded } = command(room, event.by, event.command, tick);
      return { ...changed(state, commanded), refusal };
    }
    case 'unlocked': {
      const { refusal, ...unlocked } = unlock(room, event.userId, event.password, tick);
      return { ...changed(state, unlocked), refusal };
    }
    case 'chosen': {
      const { refusal, ...kept } = keepSeat(room, event, tick);
      return { ...changed(state, kept), refusal };
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
  return settle(room, answer(room, seat, tick), tick, false);
}
