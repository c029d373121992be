import { type Refusal, refuse } from '../../protocol/refusal.ts';
import { awaitsHost, isHost, keepsSeats } from '../host/host.ts';
import { FIRST_HOST_ID, type Room } from '../room.ts';
import { isIntroduced, type Seat } from '../seats/seat.ts';

// Clients that do not announce themselves take peer 1 for the host for ever.

const ANOTHER_IS_HOST = refuse('host-left', 'the first host of this match has handed over or left');
const HOST_IS_AWAY = refuse('host-away', 'the host of this match has lost their connection, try again');

const IS_STAR = refuse(
  'star',
  'in this match players are linked to the host alone, which your client does not know',
);

/** They would take nobody for the host, or somebody who is not. */
export function refuseUnannounced(room: Room, { announced }: Pick<Seat, 'announced'>): Refusal | null {
  if (announced) return null;
  if (room.rules.topology === 'star') return IS_STAR;
  if (awaitsHost(room) || !keepsSeats(room)) return null;
  if (!isHost(room, { peerId: FIRST_HOST_ID })) return ANOTHER_IS_HOST;
  const first = room.seats.find(({ peerId }) => peerId === FIRST_HOST_ID);
  return first === undefined || isIntroduced(first) ? null : HOST_IS_AWAY;
}
