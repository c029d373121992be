import { isNonEmptyString } from '../fields.ts';
import { isPeerIdValue } from '../player.ts';
import { isText } from '../text-key.ts';
import { type Decoded, decodeRequest, isBoolean, termIn } from './request.ts';

// kick_from_online_match: the host sends a player away, for good with `ban`.

const MAX_REASON_LENGTH = 200;

export interface KickRequest {
  readonly matchId: string;
  readonly term: number | null;
  readonly peerId: number;
  readonly ban: boolean;
  /** What the player is told; null for the server's own words. */
  readonly reason: string | null;
}

/** Clients write the request. */
export function encodeKickRequest({ matchId, term, peerId, ban, reason }: KickRequest): string {
  return JSON.stringify({
    match_id: matchId,
    term: term ?? undefined,
    peer_id: peerId,
    ...(ban && { ban }),
    reason: reason ?? undefined,
  });
}

/** The server reads it. */
export function decodeKickRequest(payload: string): Decoded<KickRequest> {
  return decodeRequest(payload, (fields) => ({
    matchId: fields.required('match_id', isNonEmptyString, 'the id of a match'),
    term: termIn(fields),
    peerId: fields.required('peer_id', isPeerIdValue, 'the peer id of a player'),
    ban: fields.optional('ban', isBoolean, 'true or false') ?? false,
    reason: fields.optional('reason', isReason, `text of 1 to ${MAX_REASON_LENGTH} characters`),
  }));
}

/** The server answers who is out. */
export function encodeKicked({ matchId, peerId, ban }: KickRequest): string {
  return JSON.stringify({ match_id: matchId, peer_id: peerId, banned: ban });
}

function isReason(value: unknown): value is string {
  return isText(value, MAX_REASON_LENGTH) && value !== '';
}
