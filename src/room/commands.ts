import { type Refusal, refuse } from '../protocol/refusal.ts';
import { hostOf } from './host.ts';
import type { Room } from './room.ts';
import { type Seal, seal } from './seal.ts';

/** What a host, or the game's backend, can have a room do. */
export type Command = Seal;

/** Each gives the room after it, or refuses. Adding one is an entry here, its reader in the protocol, and a test. */
const COMMANDS: {
  readonly [name in Command['name']]: (room: Room, command: Extract<Command, { name: name }>) => Outcome;
} = { seal };

export type Outcome =
  | { readonly room: Room; readonly refusal: null }
  | { readonly room: null; readonly refusal: Refusal };

export const NOT_HOST = refuse('not-host', 'only the host of this match can do that');

/** Who asks: a session, over HTTP only a user, or null for the game's own backend, which may always. */
export type Asker = { readonly userId: string; readonly sessionId: string | null } | null;

export function command(room: Room, by: Asker, asked: Command): { room: Room; refusal: Refusal | null } {
  if (!mayCommand(room, by)) return { room, refusal: NOT_HOST };
  const { room: after, refusal } = COMMANDS[asked.name](room, asked);
  return { room: after ?? room, refusal };
}

function mayCommand(room: Room, by: Asker): boolean {
  if (by === null) return true;
  const host = hostOf(room);
  if (host === null) return false;
  return by.sessionId === null ? host.userId === by.userId : host.sessionId === by.sessionId;
}
