import type { RefusalCode } from './refusal.ts';

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

/**
 * JSON of a 9002. The players come in the order given: some Godot 4 clients lose every peer that is
 * listed before themselves, so the recipient belongs first. The fields are those that any known variant
 * of the addon asks for.
 */
export function encodeJoinSuccess(players: readonly Player[], clientVersion: string): string {
  const entries = players.map(
    ({ sessionId, userId, username, peerId, spectator }) =>
      [sessionId, { session_id: sessionId, user_id: userId, username, peer_id: peerId, spectator }] as const,
  );
  return JSON.stringify({ client_version: clientVersion, players: Object.fromEntries(entries) });
}

/** JSON of a 9003. Addons know its code as a number, if at all. */
export function encodeJoinError(target: string, code: RefusalCode, reason: string): string {
  return JSON.stringify({ target, code: joinErrorCode(code), reason, refusal: code });
}

/** The numbers that the variants of the addon with error codes know. */
export function joinErrorCode(code: RefusalCode): number {
  return JOIN_ERROR_CODE[code] ?? JoinErrorCode.ALREADY_BEGUN;
}

export const JoinErrorCode = { ALREADY_BEGUN: 0, FULL: 1, CLIENT_VERSION: 2 } as const;

const JOIN_ERROR_CODE: { readonly [code in RefusalCode]?: number } = {
  'match-full': JoinErrorCode.FULL,
  'version-mismatch': JoinErrorCode.CLIENT_VERSION,
  'version-required': JoinErrorCode.CLIENT_VERSION,
};
