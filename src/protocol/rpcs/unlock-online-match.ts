import { codeIn } from '../code.ts';
import { isNonEmptyString } from '../fields.ts';
import { isPassword, PASSWORD_ALLOWED } from './password.ts';
import { type Decoded, decodeRequest } from './request.ts';

// unlock_online_match: a user names the password, for a client that cannot as it joins.

export interface UnlockRequest {
  /** The match's id or its code. */
  readonly match: string;
  readonly password: string;
}

/** Clients write the request. */
export function encodeUnlockRequest({ match, password }: UnlockRequest): string {
  return JSON.stringify({ [codeIn(match) === null ? 'match_id' : 'code']: match, password });
}

/** The server reads it. */
export function decodeUnlockRequest(payload: string): Decoded<UnlockRequest> {
  return decodeRequest(payload, (fields) => {
    const id = fields.optional('match_id', isNonEmptyString, 'the id of a match');
    const named = fields.has('code') || id === null;
    const code = named ? fields.required('code', isCode, 'six letters of a match, or match_id its id') : null;
    const password = fields.required('password', isPassword, PASSWORD_ALLOWED);
    return { match: id ?? String(code), password };
  });
}

function isCode(value: unknown): value is string {
  return typeof value === 'string' && codeIn(value) !== null;
}

/** The server answers which match may be joined now. */
export function encodeUnlocked(matchId: string): string {
  return JSON.stringify({ match_id: matchId });
}
