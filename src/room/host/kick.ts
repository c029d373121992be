import { type Refusal, refuse } from '../../protocol/refusal.ts';
import { ban } from '../door/passes.ts';
import { sendAway } from '../door/refusing.ts';
import type { Room } from '../room.ts';
import { leave } from '../seats/leaving.ts';
import { hasJoined, isPlayer } from '../seats/seat.ts';
import type { Outcome } from '../step.ts';
import type { Asker } from './asker.ts';

/** The host sends a user away, with all their seats, and may keep them out for good. */
export interface Kick {
  readonly name: 'kick';
  readonly peerId: number;
  readonly ban: boolean;
  /** In the host's words; null where they say none. */
  readonly reason: string | null;
}

/** They are told before they are out, and nobody can come back to a seat that is gone. */
export function kick(room: Room, { peerId, ban: isBan, reason }: Kick, by: Asker, tick: number): Outcome {
  const seat = room.seats.find((one) => isPlayer(one) && one.peerId === peerId);
  if (seat === undefined) return { room: null, refusal: NOBODY };
  if (seat.userId === by?.userId) return { room: null, refusal: ONESELF };
  const theirs = room.seats.filter(({ userId }) => userId === seat.userId);
  const kept = isBan ? ban(room, seat.userId) : room;
  const left = leave(kept, theirs, tick);
  const told = sendAway(room, theirs.filter(hasJoined), refusalOf(isBan, reason));
  return { room: left.room, out: [...told, ...left.out], refusal: null };
}

function refusalOf(isBan: boolean, reason: string | null): Refusal {
  return isBan
    ? refuse('banned', reason ?? 'The host has sent you away for good.')
    : refuse('kicked', reason ?? 'The host has sent you away.');
}

const NOBODY = refuse('no-such-player', 'nobody with that peer id is in this match');
const ONESELF = refuse('bad-request', 'nobody can send themselves away; leave the match instead');
