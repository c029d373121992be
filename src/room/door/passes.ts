import { type Refusal, refuse } from '../../protocol/refusal.ts';
import { NEVER } from '../phase.ts';
import { type Room, TICKS_PER_SECOND } from '../room.ts';
import { seatOf } from '../seats/seats.ts';
import { type Change, quiet } from '../step.ts';
import type { Candidate } from './candidate.ts';
import { isCreator } from './creator.ts';
import type { Pass } from './door.ts';
import { refusePassword } from './password.ts';

// Who is let in, and who is not, whatever seats there are.

const TICKS_OF = { unlocked: 60 * TICKS_PER_SECOND, invited: 600 * TICKS_PER_SECOND } as const;
const MOST_PASSES = 64;
const MOST_BANS = 128;

/** The room after a user was given a pass; of many, the newest are kept. */
export function withPass(room: Room, userId: string, kind: Pass['kind'], tick: number): Room {
  const ticks = kind === 'seat' ? room.rules.seatTicks : TICKS_OF[kind];
  const others = room.door.passes.filter((pass) => pass.userId !== userId || pass.kind !== kind);
  const passes = [...others.slice(1 - MOST_PASSES), { userId, kind, until: tick + ticks }];
  return { ...room, door: { ...room.door, passes } };
}

export function hasPass({ door }: Room, userId: string, ...kinds: Pass['kind'][]): boolean {
  return door.passes.some((pass) => pass.userId === userId && kinds.includes(pass.kind));
}

/** Seats that are kept for users who have no session here yet. */
export function keptSeatsOf({ door }: Room): number {
  return door.passes.filter(({ kind }) => kind === 'seat').length;
}

/** The room after one of them came in: an invitation holds on. */
export function withoutPassesOf(room: Room, userId: string): Room {
  if (!hasPass(room, userId, 'unlocked', 'seat')) return room;
  const passes = room.door.passes.filter((pass) => pass.userId !== userId || pass.kind === 'invited');
  return { ...room, door: { ...room.door, passes } };
}

export function giveUpPasses(room: Room, tick: number): Room {
  const passes = room.door.passes.filter(({ until }) => tick < until);
  return passes.length === room.door.passes.length ? room : { ...room, door: { ...room.door, passes } };
}

export function ban(room: Room, userId: string): Room {
  const bans = [...room.door.bans.filter((banned) => banned !== userId), userId].slice(-MOST_BANS);
  const passes = room.door.passes.filter((pass) => pass.userId !== userId);
  return { ...room, door: { ...room.door, bans, passes } };
}

export function refuseBanned({ door }: Room, userId: string): Refusal | null {
  return door.bans.includes(userId)
    ? refuse('banned', 'the host of this match does not let you in again')
    : null;
}

/** Comes last of all refusals: whoever is refused for another reason learns nothing of a password. */
export function refuseLocked(room: Room, candidate: Candidate): Refusal | null {
  const { sessionId, userId, password } = candidate;
  if (!room.profile.hasPassword || isCreator(room, candidate) || seatOf(room, sessionId) !== null)
    return null;
  return hasPass(room, userId, 'unlocked', 'invited') ? null : refusePassword(password);
}

/** Well before what lies beside the room is forgotten. */
const KEEP_TICKS = 1800 * TICKS_PER_SECOND;

export function keepPassword(room: Room, tick: number): Change {
  if (tick < doorDateOf(room)) return quiet(room);
  return { room: { ...room, door: { ...room.door, keptAt: tick } }, out: [{ type: 'keep-password' }] };
}

/** The tick at which the password is to be kept again. */
export function doorDateOf({ profile, door }: Room): number {
  return profile.hasPassword ? door.keptAt + KEEP_TICKS : NEVER;
}
