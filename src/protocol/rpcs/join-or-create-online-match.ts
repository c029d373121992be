import { isNonEmptyString, parseObject } from '../fields.ts';
import { type CreateRequest, createRequestIn } from './create-online-match.ts';
import { type Wanted, type WantedFields, wantedIn } from './list-online-matches.ts';
import { type Decoded, decodeRequest } from './request.ts';

// join_or_create_online_match: a public match that fits, with a seat kept for the caller, or a new one.

export interface QuickRequest {
  readonly wanted: Wanted;
  /** What a new match shall be besides what is wanted. */
  readonly create: CreateRequest;
}

export interface Quick {
  readonly matchId: string;
  readonly code: string;
  readonly created: boolean;
}

/** Clients write the request; `create` has the fields of create_online_match. */
export function encodeQuickRequest(wanted: WantedFields, create: object = {}): string {
  return JSON.stringify({ ...wanted, create });
}

/** The server reads it. */
export function decodeQuickRequest(payload: string): Decoded<QuickRequest> {
  return decodeRequest(payload, (fields) => {
    const wanted = wantedIn(fields);
    const create = fields.nested('create', createRequestIn);
    // Who says it once need not say it twice.
    const dialect = wanted.dialect ?? create.dialect;
    return { wanted: { ...wanted, dialect }, create: { ...create, dialect: create.dialect ?? dialect } };
  });
}

/** The server answers which match to join. */
export function encodeQuick({ matchId, code, created }: Quick): string {
  return JSON.stringify({ match_id: matchId, code, created });
}

/** Clients read it; null where it is no answer. */
export function decodeQuick(payload: string): Quick | null {
  const { match_id, code, created } = parseObject(payload) ?? {};
  if (!isNonEmptyString(match_id) || !isNonEmptyString(code)) return null;
  return { matchId: match_id, code, created: created === true };
}
