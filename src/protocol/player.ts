import { type Fields, isNonEmptyString } from './fields.ts';

/** A player as a 9002 and a 9010 list them. */
export interface Player {
  /** Of the Nakama socket; another one when the same user comes back. */
  readonly sessionId: string;
  readonly userId: string;
  readonly username: string;
  /** 1 to 2³¹−1, never given twice in a match; 1 is the host. */
  readonly peerId: number;
  /** Only addon clients of dialect R have spectators. */
  readonly spectator: boolean;
}

/** A session id is a UUID of 36 characters. */
export const MAX_SESSION_ID_LENGTH = 64;

export function isSessionId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_SESSION_ID_LENGTH;
}

export function isPeerId(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value < 2 ** 31;
}

export function isPeerIdValue(value: unknown): value is number {
  return typeof value === 'number' && isPeerId(value);
}

/** The fields of a player on the wire, which are those that any known variant of the addon asks for. */
export function playerFields({ sessionId, userId, username, peerId, spectator }: Player) {
  return { session_id: sessionId, user_id: userId, username, peer_id: peerId, spectator };
}

/** A player that the server lists, as clients read it; null where it cannot be told who it is. */
export function playerIn(listed: unknown): Player | null {
  if (typeof listed !== 'object' || listed === null) return null;
  const { session_id, user_id, username, peer_id, spectator } = listed as Fields;
  if (!isNonEmptyString(session_id) || typeof peer_id !== 'number') return null;
  return {
    sessionId: session_id,
    userId: typeof user_id === 'string' ? user_id : '',
    username: typeof username === 'string' ? username : '',
    peerId: peer_id,
    spectator: spectator === true,
  };
}
