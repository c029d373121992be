import { creatorOf } from '../door/creator.ts';
import { awaitsHost } from '../host/host.ts';
import { isLikeRelayed } from '../language.ts';
import type { Room } from '../room.ts';
import { bySessionId, type Seat } from './seat.ts';
import { without } from './seats.ts';

/** Those of the waiting who can come in now, each with their peer id. */
export function newcomersAmong(room: Room, waiting: readonly Seat[]): Seat[] {
  const { founding, lastPeerId, language } = room;
  if (founding.kind === 'matched') {
    return waiting.map((seat) => withPeerId(seat, founding.invitations)).filter((seat) => seat.peerId !== 0);
  }
  if (language === 'plain') return waiting.filter(({ announced }) => !announced);
  if (isLikeRelayed(room)) return waiting.filter((seat) => !isWaitingForHost(seat));
  if (founding.kind === 'adopted') return waiting.flatMap(asGranted);
  const order = awaitsHost(room) ? firstInLine(room, waiting) : waiting;
  return order.map((seat, index) => ({ ...seat, peerId: lastPeerId + 1 + index }));
}

function withPeerId(
  seat: Seat,
  given: readonly { readonly sessionId: string; readonly peerId: number }[],
): Seat {
  return { ...seat, peerId: given.find(({ sessionId }) => sessionId === seat.sessionId)?.peerId ?? 0 };
}

function asGranted(seat: Seat): Seat[] {
  if (seat.verdict?.kind !== 'granted') return [];
  const { peerId, spectator } = seat.verdict;
  return [{ ...seat, peerId, spectator, verdict: null }];
}

/** The waiting in the order of the first peer ids, host first; nobody while the room cannot have a host. */
export function firstInLine(room: Room, waiting: readonly Seat[]): readonly Seat[] {
  if (room.founding.kind === 'created') {
    const creator = creatorOf(room);
    const isHere = creator !== null && without([creator], waiting).length === 0;
    return isHere ? [creator, ...without(waiting, [creator])] : [];
  }
  return waiting.length < room.rules.minPlayers ? [] : [...waiting].sort(bySessionId);
}

/** Known to wait for a host's word, which players of other games do not. */
export function isWaitingForHost({ announced, askedAt }: Seat): boolean {
  return announced || askedAt !== null;
}
