import { isNonEmptyString, parseObject } from './fields.ts';
import { JoinErrorCode, type Player } from './join.ts';
import type { Phase } from './label.ts';
import type { RefusalCode } from './refusal.ts';
import type { IceServers, RoomView } from './room-view.ts';

/** What clients read: the other side of `join.ts`, `room-view.ts` and the RPCs. Null where it is none of these. */

/** The players of a 9002, as far as their entries are whole. */
export function decodeJoinSuccess(text: string): readonly Player[] | null {
  const players = parseObject(text)?.players;
  if (typeof players !== 'object' || players === null) return null;
  return Object.values(players)
    .map(playerIn)
    .filter((player) => player !== null);
}

/** A 9003: to whom, and why. An addon's host has a number at most, and newer servers may have more codes. */
export function decodeJoinError(
  text: string,
): { readonly target: string; readonly code: string | null; readonly reason: string } | null {
  const fields = parseObject(text);
  if (fields === null || !isNonEmptyString(fields.target)) return null;
  const { target, code: number, reason, refusal } = fields;
  const code = isNonEmptyString(refusal) ? refusal : (CODES[number as number] ?? null);
  return { target, code, reason: typeof reason === 'string' ? reason : '' };
}

/** A 9010: the room, and in the recipient's first one their session id and their ICE servers. */
export function decodeRoomView(
  text: string,
): { readonly you: string | null; readonly view: RoomView; readonly ice: IceServers | null } | null {
  const fields = parseObject(text);
  if (fields === null || !Array.isArray(fields.players)) return null;
  const players = fields.players.flatMap((entry) => {
    const player = playerIn(entry);
    return player === null ? [] : [{ ...player, announced: entry.announced === true }];
  });
  const view: RoomView = {
    phase: fields.phase as Phase,
    clientVersion: typeof fields.client_version === 'string' ? fields.client_version : null,
    minPlayers: Number(fields.min_players),
    maxPlayers: Number(fields.max_players),
    openSeats: Number(fields.open_seats),
    players,
    links: Array.isArray(fields.links) ? fields.links : [],
    connected: fields.connected === true,
  };
  const you = isNonEmptyString(fields.you) ? fields.you : null;
  return { you, view, ice: iceServersIn(fields.ice_servers, fields.ice_expires_in) };
}

/** The answer of `get_ice_servers`. */
export function decodeIceServers(payload: string): IceServers | null {
  const response = parseObject(payload)?.response as Record<string, unknown> | undefined;
  return iceServersIn(response?.ice_servers, response?.expires_in);
}

/** The match of the answer of `create_online_match`. */
export function decodeCreated(payload: string): string | null {
  const matchId = parseObject(payload)?.match_id;
  return isNonEmptyString(matchId) ? matchId : null;
}

const CODES: { readonly [code: number]: RefusalCode } = {
  [JoinErrorCode.ALREADY_BEGUN]: 'match-sealed',
  [JoinErrorCode.FULL]: 'match-full',
  [JoinErrorCode.CLIENT_VERSION]: 'version-mismatch',
};

function playerIn(entry: unknown): Player | null {
  if (typeof entry !== 'object' || entry === null) return null;
  const { session_id, user_id, username, peer_id, spectator } = entry as Record<string, unknown>;
  if (!isNonEmptyString(session_id) || typeof peer_id !== 'number') return null;
  return {
    sessionId: session_id,
    userId: typeof user_id === 'string' ? user_id : '',
    username: typeof username === 'string' ? username : '',
    peerId: peer_id,
    spectator: spectator === true,
  };
}

function iceServersIn(servers: unknown, expiresIn: unknown): IceServers | null {
  if (!Array.isArray(servers)) return null;
  return { iceServers: servers, expiresIn: typeof expiresIn === 'number' ? expiresIn : null };
}
