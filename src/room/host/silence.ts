import type { Host, Room } from '../room.ts';
import { isIntroduced, type Seat } from '../seats/seat.ts';
import { type Change, quiet } from '../step.ts';

// A host whose links stand and whose game stands still: members notice, and the room asks.

/** What a member says of a host's game with a report of their link. */
export function noteSilence(room: Room, from: Seat, to: Seat, silent: boolean, tick: number): Change {
  const { host } = room;
  if (host === null || host.peerId !== to.peerId || silent === host.silentTo.includes(from.id))
    return quiet(room);
  const others = host.silentTo.filter((id) => id !== from.id);
  if (!silent) return quiet({ ...room, host: { ...host, silentTo: others } });
  return ask(room, { ...host, silentTo: [...others, from.id] }, to, tick);
}

/** Once at a time: whoever says so again and again makes no more of it. */
function ask(room: Room, host: Host, to: Seat, tick: number): Change {
  if (host.askedAt !== null || !isIntroduced(to)) return quiet({ ...room, host });
  return { room: { ...room, host: { ...host, askedAt: tick } }, out: [{ type: 'host-check', to }] };
}

/** The host's game answers, and nobody's doubt counts any more. */
export function hearHost(room: Room): Room {
  const { host } = room;
  if (host === null || (host.askedAt === null && host.silentTo.length === 0)) return room;
  return { ...room, host: { ...host, askedAt: null, silentTo: [] } };
}
