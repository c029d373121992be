import { type Refusal, refuse } from '../../protocol/refusal.ts';
import { areConnected } from '../messages/links.ts';
import type { Room } from '../room.ts';
import { areAllReady, withNobodyReady } from '../seats/readiness.ts';
import { playersHere } from '../seats/seats.ts';
import type { Outcome } from '../step.ts';
import { hasLostHost } from './host.ts';

/** The host closes the room to new players when the game begins, or opens it again. */
export interface Seal {
  readonly name: 'seal';
  readonly sealed: boolean;
  /** Seal even while players are not connected to each other. */
  readonly force: boolean;
  /** Do not while a player who can say so is not ready. */
  readonly requireReady?: boolean;
}

export function seal(room: Room, asked: Seal): Outcome {
  const refusal = refuseSeal(room, asked);
  if (refusal !== null) return { room: null, refusal };
  if (asked.sealed) return { room: { ...room, sealedBy: 'host' }, refusal: null };
  return { room: { ...withNobodyReady(room), sealedBy: null }, refusal: null };
}

/** The server shuts down within its grace period: nobody new, and relaying goes on. */
export function sealForShutdown(room: Room): Room {
  return { ...room, sealedBy: 'shutdown' };
}

function refuseSeal(room: Room, { sealed, force, requireReady = false }: Seal): Refusal | null {
  if (room.sealedBy === 'shutdown') return refuse('match-sealed', 'the server is shutting down');
  if (hasLostHost(room)) return refuse('host-left', 'the host of this match has left');
  if (!sealed) return null;
  const players = playersHere(room).length;
  if (players < room.rules.minPlayers) {
    return refuse('too-few-players', `${players} of at least ${room.rules.minPlayers} players are here`);
  }
  if (requireReady && !areAllReady(room)) return refuse('not-ready', 'not all players are ready');
  if (force || areConnected(room)) return null;
  return refuse(
    'links-pending',
    'not all players are connected to each other yet; force it to begin all the same',
  );
}
