import { type Refusal, refuse } from '../../protocol/refusal.ts';
import { hostOf } from '../host/host.ts';
import { mayBePlain } from '../language.ts';
import { FIRST_HOST_ID, type Room } from '../room.ts';
import { leave } from '../seats/leaving.ts';
import { isConfirmed, type Seat } from '../seats/seat.ts';
import { type Change, quiet } from '../step.ts';
import { sendAway } from './refusing.ts';

// What a room of the server speaks for which nobody named a dialect, and who cannot stay since they speak another one. All
// that tells clients of R from those of A is that they ask to be let in. The first host's request decides what the room
// speaks; any other joiner's, only whether they can stay.

/** So long after they are in, a client of R has asked, though its network be slow. */
export const ASKING_TICKS = 5;

/** It speaks as to clients of A until its first host asks. */
export function isUndecided(room: Room): boolean {
  return room.language === null && isOfServer(room);
}

/** To be let in, once. */
export function mayAsk(room: Room, seat: Seat): boolean {
  return !hasAsked(seat) && (room.language === 'R' || isUndecided(room));
}

/** The room, which speaks R as soon as its first host asked, unless somebody is there who certainly does not. */
export function learnedOf(room: Room): Room {
  if (!isUndecided(room) || !mayBePlain(room)) return room;
  const host = hostOf(room);
  return host?.peerId === FIRST_HOST_ID && host.askedAt !== null ? { ...room, language: 'R' } : room;
}

/** Whether time will tell what the room speaks, or who cannot stay. */
export function isDialectPending(room: Room): boolean {
  if (isUndecided(room)) return room.host !== null && room.seats.some(hasAsked);
  return isOfServer(room) && room.language === 'R' && room.seats.some(isSilent);
}

/** Time's share: a host who did not ask by then speaks A; then whoever did cannot stay, and the other way round. */
export function giveUpOtherDialects(room: Room, tick: number): Change {
  if (!isDialectPending(room)) return quiet(room);
  if (!isUndecided(room)) {
    const silent = room.seats.filter((seat) => isSilent(seat) && isOverdue(seat, tick));
    return sendOthersAway(room, silent, tick);
  }
  const host = hostOf(room);
  const isOfA = host !== null && ((!hasAsked(host) && isOverdue(host, tick)) || !mayBePlain(room));
  return isOfA ? sendOthersAway(room, room.seats.filter(hasAsked), tick) : quiet(room);
}

/** They are told what to do about it, as soon as their joins are answered. */
function sendOthersAway(room: Room, all: readonly Seat[], tick: number): Change {
  const others = all.filter(isConfirmed);
  if (others.length === 0) return quiet(room);
  const left = leave(room, others, tick);
  return { room: left.room, out: [...sendAway(room, others, refusalIn(room)), ...left.out] };
}

function refusalIn({ language }: Room): Refusal {
  const theirs = language === 'R' ? 'A' : 'R';
  return refuse(
    'other-dialect',
    `This match is for another OnlineMatch than yours, for which it must be made with "dialect": "${theirs}".`,
  );
}

function isOfServer({ founding }: Room): boolean {
  return founding.kind === 'created' || founding.kind === 'elected';
}

function hasAsked({ askedAt }: Seat): boolean {
  return askedAt !== null;
}

/** Whoever comes back was let in before. */
function isSilent(seat: Seat): boolean {
  return isConfirmed(seat) && !hasAsked(seat) && seat.away === null && seat.generation === 0;
}

function isOverdue({ since }: Seat, tick: number): boolean {
  return tick - since >= ASKING_TICKS;
}
