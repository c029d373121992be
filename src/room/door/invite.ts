import { refuse } from '../../protocol/refusal.ts';
import type { Room } from '../room.ts';
import type { Outcome } from '../step.ts';
import { refuseClosed } from './closed.ts';
import { withPass } from './passes.ts';

/** A member invites users, who need no password then. Telling them is not the room's. */
export interface Invite {
  readonly name: 'invite';
  readonly userIds: readonly string[];
}

export function invite(room: Room, { userIds }: Invite, _by: unknown, tick: number): Outcome {
  const refusal = room.founding.kind === 'matched' ? MATCHED : refuseClosed(room);
  if (refusal !== null) return { room: null, refusal };
  const invited = userIds.reduce((before, userId) => withPass(before, userId, 'invited', tick), room);
  return { room: invited, refusal: null };
}

const MATCHED = refuse('not-invited', 'nobody else can join a match that the matchmaker made');
