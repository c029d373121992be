import { refuse } from '../../protocol/refusal.ts';
import type { Room } from '../room.ts';
import type { Outcome } from '../step.ts';
import { appoint, heirsOf, hostOf, isHost } from './host.ts';

/** The host makes another player host. */
export interface Transfer {
  readonly name: 'transfer';
  /** Of the next host. */
  readonly peerId: number;
}

export function transfer(room: Room, { peerId }: Transfer): Outcome {
  const host = hostOf(room);
  if (room.founding.kind === 'adopted') return { room: null, refusal: ADDONS_OFFICE };
  if (host !== null && isHost(room, { peerId })) return { room, refusal: null };
  const heir = heirsOf(room).find((seat) => seat.peerId === peerId);
  return heir === undefined ? { room: null, refusal: NOBODY } : { room: appoint(room, heir), refusal: null };
}

const ADDONS_OFFICE = refuse('no-such-player', 'nobody else can be host of a match that an addon made');
const NOBODY = refuse('no-such-player', 'nobody with that peer id is here who can be host');
