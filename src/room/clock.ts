import { giveUpOtherDialects } from './door/dialect.ts';
import { giveUpPasses, keepPassword } from './door/passes.ts';
import { HOST_LEFT, tellRefusal } from './door/refusing.ts';
import { keepCheckpoint } from './host/checkpoint.ts';
import { isAdoptedHost } from './host/host.ts';
import { giveUpLinks } from './messages/links.ts';
import type { Room } from './room.ts';
import { giveUpAway } from './seats/away.ts';
import { introduce } from './seats/introduction.ts';
import { leave } from './seats/leaving.ts';
import { giveUpCreator, giveUpNoShows, giveUpSeats } from './seats/no-shows.ts';
import { hasJoined, hasReply, isSettled, moved, type Seat } from './seats/seat.ts';
import { updateSeats } from './seats/seats.ts';
import { type Change, quiet, then } from './step.ts';

/**
 * The seats whose sessions to look for in Nakama's stream: those of whom the room has yet to learn that they are
 * tracked or have their reply, and an adopted room's host, of whose leaving Nakama tells nothing.
 */
export function watchedOf(room: Room): readonly Seat[] {
  return room.seats.filter((seat) => (hasJoined(seat) && !isSettled(seat)) || isAdoptedHost(room, seat));
}

/** Time goes on: `tracked` are the sessions of `watchedOf` that Nakama tracks by now. */
export function elapse(room: Room, tracked: readonly string[], tick: number): Change {
  const steps: readonly ((room: Room) => Change)[] = [
    tellUnsure,
    (before) => missHost(before, tracked, tick),
    (before) => quiet(track(before, tracked, tick)),
    (before) => quiet(giveUpCreator(before, tick)),
    (before) => giveUpSeats(before, tick),
    (before) => giveUpNoShows(before, tick),
    (before) => giveUpOtherDialects(before, tick),
    (before) => giveUpAway(before, tick),
    (before) => quiet(giveUpLinks(before, tick)),
    (before) => keepCheckpoint(before, tick),
    (before) => keepPassword(before, tick),
    (before) => quiet(giveUpPasses(before, tick)),
  ];
  return steps.reduce(
    (before, step) => then(then(before, step), (after) => introduce(after, tick)),
    quiet(room),
  );
}

/** Whoever is tracked on the second tick after their join has the reply, even if nothing was heard of them. */
function track(room: Room, tracked: readonly string[], tick: number): Room {
  return updateSeats(room, (seat) => {
    if (!tracked.includes(seat.sessionId)) return null;
    const answered = tick > seat.since ? moved(seat, 'answered', tick) : null;
    if (answered === null) return seat.tracked ? null : { ...seat, tracked: true };
    return { ...answered, tracked: true };
  });
}

function missHost(room: Room, tracked: readonly string[], tick: number): Change {
  const host = room.seats.find((seat) => isAdoptedHost(room, seat));
  if (host === undefined || !hasReply(host) || tracked.includes(host.sessionId)) return quiet(room);
  return leave(room, [host], tick);
}

/**
 * Of those who may not know that the host left, whoever is still here does not. Not at once: the addon leaves at
 * the first word of it, and stumbles over a second.
 */
function tellUnsure(room: Room): Change {
  if (room.unsureOfHost.length === 0) return quiet(room);
  const unsure = room.seats.filter(({ id }) => room.unsureOfHost.includes(id));
  return {
    room: { ...room, unsureOfHost: [] },
    out: unsure.map((to) => tellRefusal(room, to, HOST_LEFT)),
  };
}
