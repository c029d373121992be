import { isNonEmptyString } from '../fields.ts';
import type { Visibility } from '../label.ts';
import { type Property, propertyFields } from '../properties.ts';
import { isWholeNumber, profileFieldsIn } from './create-online-match.ts';
import { isPassword, PASSWORD_ALLOWED } from './password.ts';
import { type Decoded, decodeRequest, type FieldReader, termIn } from './request.ts';

// update_online_match: the host has the match say something else of itself, or take more or fewer players.

/** Null leaves what is. */
export interface UpdateRequest {
  readonly matchId: string;
  readonly term: number | null;
  readonly name: string | null;
  readonly visibility: Visibility | null;
  /** All there are from now on. */
  readonly properties: readonly Property[] | null;
  readonly minPlayers: number | null;
  readonly maxPlayers: number | null;
  /** The empty one takes the password away, on the wire null. */
  readonly password: string | null;
}

/** Clients write the request. */
export function encodeUpdateRequest(
  matchId: string,
  update: Partial<Omit<UpdateRequest, 'matchId'>>,
): string {
  return JSON.stringify({
    match_id: matchId,
    term: update.term ?? undefined,
    name: update.name ?? undefined,
    visibility: update.visibility ?? undefined,
    properties: update.properties ? propertyFields(update.properties) : undefined,
    min_players: update.minPlayers ?? undefined,
    max_players: update.maxPlayers ?? undefined,
    password: update.password === '' ? null : (update.password ?? undefined),
  });
}

/** The server reads it. */
export function decodeUpdateRequest(payload: string): Decoded<UpdateRequest> {
  return decodeRequest(payload, (fields) => ({
    matchId: fields.required('match_id', isNonEmptyString, 'the id of a match'),
    term: termIn(fields),
    ...profileFieldsIn(fields),
    minPlayers: fields.optional('min_players', isWholeNumber, 'a whole number'),
    maxPlayers: fields.optional('max_players', isWholeNumber, 'a whole number'),
    password: passwordIn(fields),
  }));
}

function passwordIn(fields: FieldReader): string | null {
  const isNamed = fields.has('password');
  const password = fields.optional('password', isPassword, `${PASSWORD_ALLOWED}, or null`);
  return isNamed ? (password ?? '') : null;
}
