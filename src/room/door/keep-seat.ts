import { refuse } from '../../protocol/refusal.ts';
import type { Room } from '../room.ts';
import { type Attempted, quiet } from '../step.ts';
import { refuseVersion } from '../version.ts';
import { freeSeatsOf } from './capacity.ts';
import { refuseClosed } from './closed.ts';
import { hasPass, refuseBanned, withPass } from './passes.ts';
import { refuseUnannounced } from './unannounced.ts';

interface Chooser {
  readonly userId: string;
  readonly version: string | null;
  readonly announced: boolean;
}

/** Quick play found this room for a user who has not asked to join it yet. */
export function keepSeat(room: Room, { userId, version, announced }: Chooser, tick: number): Attempted {
  const refusal =
    refuseBanned(room, userId) ??
    refuseVersion(room, version) ??
    refuseClosed(room) ??
    refuseUnannounced(room, { announced }) ??
    (room.seats.some((seat) => seat.userId === userId) ? IN_ALREADY : null) ??
    (freeSeatsOf(room) > 0 || hasPass(room, userId, 'seat') ? null : FULL) ??
    (room.profile.hasPassword ? LOCKED : null);
  return { ...quiet(refusal === null ? withPass(room, userId, 'seat', tick) : room), refusal };
}

const IN_ALREADY = refuse('match-full', 'you have a seat in this match');
const FULL = refuse('match-full', 'all seats of this match are taken');
const LOCKED = refuse('password-required', 'this match has a password');
