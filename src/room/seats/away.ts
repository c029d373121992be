import { isHost, keepsSeats } from '../host/host.ts';
import { seatsLinkedTo } from '../messages/links.ts';
import { type Room, type Rules, TICKS_PER_SECOND } from '../room.ts';
import { type Change, quiet, then } from '../step.ts';
import { leave, repeatLeave, withUnsure } from './leaving.ts';
import { type Away, isPlayer, moved, type Seat } from './seat.ts';
import { updateSeat } from './seats.ts';

// A lost socket is no leave: the seat of a player who announced themselves is kept for a while.

/** A page that goes away may be a reload, or a tab that is closed; and who has no links yet loses little. */
const PARTING_TICKS = 8 * TICKS_PER_SECOND;

/** An away host whose links stand goes on hosting for no longer. */
const HOSTING_TICKS = 300 * TICKS_PER_SECOND;

/** As few links as show that a host who is away still hosts. */
const ENOUGH_LINKS = 2;

/** The seats of those who can come back to them are kept. */
export function loseSockets(room: Room, lost: readonly Seat[], tick: number): Change {
  const here = lost.filter(({ stage }) => stage !== 'away');
  const [kept, gone] = [
    here.filter((seat) => isKept(room, seat)),
    here.filter((seat) => !isKept(room, seat)),
  ];
  return kept.reduce(
    (before, seat) => then(before, (left) => keep(left, seat, tick)),
    leave(room, gone, tick),
  );
}

function isKept(room: Room, seat: Seat): boolean {
  return room.rules.awayTicks > 0 && seat.announced && isPlayer(seat) && keepsSeats(room);
}

/** The seat without its session; of somebody who was on their way back, as it was before. */
function keep(room: Room, seat: Seat, tick: number): Change {
  const away = { ...awayOf(room, seat, tick), isKnown: true };
  const backgroundUsed = seat.keeping.backgroundUsed || seat.keeping.backgroundSince !== null;
  const keeping = { ...seat.keeping, backgroundUsed };
  const kept = updateSeat(room, seat, (one) => {
    const left = moved(one, 'disconnected', tick);
    return left && { ...left, away, keeping };
  });
  return { room: withUnsure(kept, seat, tick), out: repeatLeave(kept, seat, tick) };
}

/** How a seat is kept whose session is lost, or taken over. */
export function awayOf(room: Room, seat: Seat, tick: number): Away {
  if (seat.away !== null) return seat.away;
  return {
    since: tick,
    until: tick + keptTicksOf(room.rules, seat),
    sessionId: seat.sessionId,
    generation: seat.generation,
    isKnown: false,
    isFresh: false,
    linkedTo: seatsLinkedTo(room, seat.id),
  };
}

function keptTicksOf({ awayTicks, backgroundTicks }: Rules, { keeping }: Seat): number {
  if (keeping.leaving || !keeping.linked) return Math.min(awayTicks, PARTING_TICKS);
  const isInBackground = keeping.backgroundSince !== null && !keeping.backgroundUsed;
  return isInBackground ? Math.max(awayTicks, backgroundTicks) : awayTicks;
}

/** Somebody who is away said, as their socket closed, that their page goes away. */
export function shorten(room: Room, seat: Seat): Room {
  return updateSeat(room, seat, ({ away }) => {
    const until = away === null ? 0 : Math.min(away.until, away.since + PARTING_TICKS);
    return away === null || until === away.until ? null : { ...seat, away: { ...away, until } };
  });
}

/** Seats are given up whose time is over, or whose room no longer keeps any. */
export function giveUpAway(room: Room, tick: number): Change {
  const over = room.seats.filter(
    (seat) => seat.stage === 'away' && (!isKept(room, seat) || isOver(room, seat, tick)),
  );
  return over.length === 0 ? quiet(room) : leave(room, over, tick);
}

function isOver(room: Room, seat: Seat, tick: number): boolean {
  const { away } = seat;
  if (away === null || tick < away.until) return false;
  const isHosting = isHost(room, seat) && tick < away.since + HOSTING_TICKS;
  return !isHosting || seatsLinkedTo(room, seat.id).length < ENOUGH_LINKS;
}
