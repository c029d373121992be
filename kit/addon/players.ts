import type { Presence } from '../players/wire.ts';
import { asInt, asString, fieldOf, type Script } from './script.ts';

export interface Player {
  session_id: string;
  username: string;
  peer_id: number;
  spectator: boolean;
}

/** By session id, in the order in which they came. After a script error an entry may be null, as in GDScript. */
export type Players = Map<string, Player>;

export function playerFrom(presence: Presence, peerId: number, spectator = false): Player {
  return {
    session_id: presence.session_id,
    username: asString(presence.username),
    peer_id: peerId,
    spectator,
  };
}

/** `to_dict` of each; only the variant that has spectators writes who is one. */
export function serializePlayers(players: Players, withSpectators: boolean): Record<string, unknown> {
  const entries = [...players].map(([sessionId, { spectator, ...player }]) => [
    sessionId,
    withSpectators ? { ...player, spectator } : player,
  ]);
  return Object.fromEntries(entries);
}

export function unserializePlayers(script: Script, content: unknown, withSpectators: boolean): Players {
  const fromDict = (data: unknown): Player => ({
    session_id: asString(fieldOf(data, 'session_id')),
    username: asString(fieldOf(data, 'username')),
    peer_id: asInt(fieldOf(data, 'peer_id')),
    spectator: withSpectators ? fieldOf(data, 'spectator') === true : false,
  });
  const players: Players = new Map();
  for (const [key, data] of Object.entries((content ?? {}) as Record<string, unknown>)) {
    players.set(key, script.run('from_dict', () => fromDict(data)) as Player);
  }
  return players;
}

/** All but spectators. */
export function activeCount(players: Players): number {
  return players.size - [...players.values()].filter((player) => player?.spectator).length;
}
