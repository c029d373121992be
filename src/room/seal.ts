import { type Refusal, refuse } from '../protocol/refusal.ts';
import { areConnected } from './links.ts';
import { hostOf, playersOf } from './queries.ts';
import type { Room } from './room.ts';

export const NOT_HOST = refuse('not-host', 'only the host of this match can seal it');

/** Who asks: a session, over HTTP only a user, or null for the game's own backend, which may always. */
export type Asker = { readonly userId: string; readonly sessionId: string | null } | null;

/** The host closes the room to new players when the game begins, or opens it again. */
export function seal(
  room: Room,
  by: Asker,
  { sealed, force }: { readonly sealed: boolean; readonly force: boolean },
): { readonly room: Room; readonly refusal: Refusal | null } {
  const refusal = refuseAsker(room, by) ?? refuseSeal(room, sealed, force);
  return refusal === null
    ? { room: { ...room, sealedBy: sealed ? 'host' : null }, refusal }
    : { room, refusal };
}

/** The server shuts down within its grace period: nobody new, and relaying goes on. */
export function sealForShutdown(room: Room): Room {
  return { ...room, sealedBy: 'shutdown' };
}

function refuseAsker(room: Room, by: Asker): Refusal | null {
  if (by === null) return null;
  const host = hostOf(room);
  const isHost =
    host !== null && (by.sessionId === null ? host.userId === by.userId : host.sessionId === by.sessionId);
  return isHost ? null : NOT_HOST;
}

function refuseSeal(room: Room, sealed: boolean, force: boolean): Refusal | null {
  if (room.sealedBy === 'shutdown') return refuse('match-sealed', 'the server is shutting down');
  if (room.hostLeft) return refuse('host-left', 'the host of this match has left');
  const players = playersOf(room).length;
  if (!sealed) return null;
  if (players < room.rules.minPlayers) {
    return refuse('too-few-players', `${players} of at least ${room.rules.minPlayers} players are here`);
  }
  if (force || areConnected(room)) return null;
  return refuse(
    'links-pending',
    'not all players are connected to each other yet; force it to begin all the same',
  );
}
