import { isNonEmptyString } from '../fields.ts';
import { type Decoded, decodeRequest, isBoolean, termIn } from './request.ts';

// seal_online_match: the host lets nobody new in, or lets them in again.

export interface SealRequest {
  readonly matchId: string;
  readonly sealed: boolean;
  /** Seal even while players are not connected to each other. */
  readonly force: boolean;
  /** Do not while a player who can say so is not ready. */
  readonly requireReady: boolean;
  /** Of the host, as the caller knows it; null where they do not care. */
  readonly term: number | null;
}

/** Clients write the request. */
export function encodeSealRequest(
  request: Omit<SealRequest, 'requireReady'> & Partial<Pick<SealRequest, 'requireReady'>>,
): string {
  const { matchId, sealed, force, requireReady, term } = request;
  return JSON.stringify({
    match_id: matchId,
    sealed,
    ...(force && { force }),
    ...(requireReady && { require_ready: true }),
    term: term ?? undefined,
  });
}

/** The server reads it. */
export function decodeSealRequest(payload: string): Decoded<SealRequest> {
  return decodeRequest(payload, (fields) => ({
    matchId: fields.required('match_id', isNonEmptyString, 'the id of a match'),
    sealed: fields.required('sealed', isBoolean, 'true or false'),
    force: fields.optional('force', isBoolean, 'true or false') ?? false,
    requireReady: fields.optional('require_ready', isBoolean, 'true or false') ?? false,
    term: termIn(fields),
  }));
}

/** The server answers what is so now. */
export function encodeSealed(matchId: string, sealed: boolean): string {
  return JSON.stringify({ match_id: matchId, sealed });
}
