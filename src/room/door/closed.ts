import { type Refusal, refuse } from '../../protocol/refusal.ts';
import { hasLostHost } from '../host/host.ts';
import { isDeserted } from '../language.ts';
import type { Room } from '../room.ts';
import { isOpen } from './capacity.ts';

export function refuseClosed(room: Room): Refusal | null {
  if (isOpen(room)) return null;
  if (hasLostHost(room) || isDeserted(room))
    return refuse('host-left', 'the host of this match has left, nobody can join it any more');
  const why = room.sealedBy === 'host' ? 'it has begun' : 'the server is shutting down';
  return refuse('match-sealed', `this match takes no more players: ${why}`);
}
