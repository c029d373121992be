import type { Room } from '../room.ts';
import { type Attempted, quiet } from '../step.ts';
import { refuseClosed } from './closed.ts';
import { refuseBanned, withPass } from './passes.ts';
import { type PasswordCheck, refusePassword } from './password.ts';

/** Somebody whose client cannot name a password as it joins names it before. */
export function unlock(room: Room, userId: string, password: PasswordCheck, tick: number): Attempted {
  const refusal =
    refuseBanned(room, userId) ??
    refuseClosed(room) ??
    (room.profile.hasPassword ? refusePassword(password) : null);
  return { ...quiet(refusal === null ? withPass(room, userId, 'unlocked', tick) : room), refusal };
}
