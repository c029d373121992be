import { type Fields, parseObject } from './fields.ts';
import { isSessionId, type Player, playerFields, playerIn } from './player.ts';
import { isVersion } from './version.ts';

// 9002 (in dialect R 9004): who is in, and with which peer id.

/** What an addon's host says to everybody. */
export interface JoinSuccess {
  readonly type: 'join-success';
  readonly clientVersion: string;
  readonly players: readonly ListedPlayer[];
}

/** A player as an addon's host lists them: the rest the server knows better. */
export type ListedPlayer = Pick<Player, 'sessionId' | 'peerId' | 'spectator'>;

/** That an addon's host lists: more than any room has seats. */
export const MAX_LISTED_PLAYERS = 100;

/** The server reads the host's. Their `client_version` may be missing: older variants have none, which counts as the empty one. */
export function joinSuccessIn({ players, client_version = '' }: Fields): JoinSuccess | null {
  if (typeof players !== 'object' || players === null || !isVersion(client_version)) return null;
  const entries = Object.entries(players);
  if (entries.length > MAX_LISTED_PLAYERS) return null;
  const listed = entries.map(([sessionId, fields]) => listedPlayerIn(sessionId, fields));
  if (!listed.every((player) => player !== null)) return null;
  return { type: 'join-success', clientVersion: client_version, players: listed };
}

function listedPlayerIn(sessionId: string, fields: unknown): ListedPlayer | null {
  if (!isSessionId(sessionId) || typeof fields !== 'object' || fields === null) return null;
  const { peer_id, spectator } = fields as Fields;
  return Number.isInteger(peer_id)
    ? { sessionId, peerId: peer_id as number, spectator: spectator === true }
    : null;
}

/**
 * The server writes its own, in JSON. The players come in the order given: some Godot 4 clients lose every peer that
 * is listed before themselves, so the recipient belongs first.
 */
export function encodeJoinSuccess(players: readonly Player[], clientVersion: string): string {
  const entries = players.map((player) => [player.sessionId, playerFields(player)] as const);
  return JSON.stringify({ client_version: clientVersion, players: Object.fromEntries(entries) });
}

/** Clients read who is in, as far as the players are whole; null where it is no 9002. */
export function decodeJoinSuccess(text: string): readonly Player[] | null {
  const players = parseObject(text)?.players;
  if (typeof players !== 'object' || players === null) return null;
  return Object.values(players)
    .map(playerIn)
    .filter((player) => player !== null);
}
