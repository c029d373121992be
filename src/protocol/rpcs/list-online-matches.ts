import type { Seeker } from '../audience.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { type Fields, isNonEmptyString, parseObject } from '../fields.ts';
import type { Label } from '../label.ts';
import {
  isPropertyKey,
  isPropertyNumber,
  isPropertyValue,
  MAX_PROPERTIES,
  type PropertyValue,
} from '../properties.ts';
import { isVersion, MAX_VERSION_LENGTH } from '../version.ts';
import {
  DIALECTS_ALLOWED,
  isDialect,
  isRoomName,
  isWholeNumber,
  MAX_NAME_LENGTH,
} from './create-online-match.ts';
import { type Listed, listedFields, listedIn } from './get-online-match.ts';
import { type Decoded, decodeRequest, type FieldReader, isBoolean } from './request.ts';

// list_online_matches: public matches that can be joined, the fullest first, in pages.

export const MAX_PAGE = 100;
const USUAL_PAGE = 20;

/** What a caller wants of a match, as on the wire: `{"mode": "duel", "level": {"min": 3, "max": 5}}`. */
export interface WantedFields {
  readonly client_version?: string;
  /** What the caller speaks; A where nothing is said. */
  readonly dialect?: Dialect;
  /** Whether the caller announces themselves in the join. */
  readonly announced?: boolean;
  readonly name?: string;
  readonly has_password?: boolean;
  /** At least so many; 1 where nothing is said. */
  readonly open_seats?: number;
  readonly properties?: { readonly [key: string]: PropertyValue | Range };
}

export interface Range {
  readonly min?: number;
  readonly max?: number;
}

/** What of a match is wanted; null where it does not matter. */
export interface Wanted extends Seeker {
  readonly clientVersion: string | null;
  readonly name: string | null;
  readonly hasPassword: boolean | null;
  readonly openSeats: number;
  /** Sorted by key. */
  readonly properties: readonly WantedProperty[];
}

/** Either the very value, or a number within bounds. */
export interface WantedProperty {
  readonly key: string;
  readonly equals: PropertyValue | null;
  readonly min: number | null;
  readonly max: number | null;
}

export interface ListRequest {
  readonly wanted: Wanted;
  readonly limit: number;
  /** The rank that ended the page before this one. */
  readonly below: number | null;
}

/** Clients write the request. */
export function encodeListRequest(wanted: WantedFields, limit?: number, cursor?: string): string {
  return JSON.stringify({ ...wanted, limit, cursor });
}

/** The server reads it. */
export function decodeListRequest(payload: string): Decoded<ListRequest> {
  return decodeRequest(payload, (fields) => {
    const wanted = wantedIn(fields);
    const limit = fields.unlessMissing('limit', isPageSize, `a whole number from 1 to ${MAX_PAGE}`);
    const cursor = fields.optional('cursor', isCursor, 'what a page before this one ended with');
    return { wanted, limit: limit ?? USUAL_PAGE, below: cursor === null ? null : Number(cursor) };
  });
}

/** What is wanted, as every request has it that chooses a match by what it is like. */
export function wantedIn(fields: FieldReader): Wanted {
  const version = `text of at most ${MAX_VERSION_LENGTH} characters`;
  const properties = fields.unlessMissing('properties', areWantedProperties, PROPERTIES_WANTED);
  return {
    clientVersion: fields.unlessMissing('client_version', isVersion, version),
    dialect: fields.unlessMissing('dialect', isDialect, DIALECTS_ALLOWED),
    announced: fields.unlessMissing('announced', isBoolean, 'true or false') ?? false,
    name: fields.unlessMissing('name', isRoomName, `text of at most ${MAX_NAME_LENGTH} characters`),
    hasPassword: fields.unlessMissing('has_password', isBoolean, 'true or false'),
    openSeats: fields.unlessMissing('open_seats', isCount, 'a whole number from 1 to 64') ?? 1,
    properties: areWantedProperties(properties) ? wantedPropertiesIn(properties) : [],
  };
}

const PROPERTIES_WANTED = `an object of at most ${MAX_PROPERTIES} properties, each with its value or {"min"?, "max"?}`;

function wantedPropertiesIn(properties: Fields): WantedProperty[] {
  return Object.entries(properties)
    .map(([key, value]): WantedProperty => {
      if (isPropertyValue(value)) return { key, equals: value, min: null, max: null };
      const { min = null, max = null } = value as { min?: number; max?: number };
      return { key, equals: null, min, max };
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

function areWantedProperties(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length <= MAX_PROPERTIES &&
    entries.every(([key, own]) => isPropertyKey(key) && (isPropertyValue(own) || isRange(own)))
  );
}

/** With a bound at least: any value at all is nothing to choose by. */
function isRange(value: unknown): value is Range {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length > 0 &&
    entries.every(([name, bound]) => (name === 'min' || name === 'max') && isPropertyNumber(bound))
  );
}

function isPageSize(value: unknown): value is number {
  return isWholeNumber(value) && value >= 1 && value <= MAX_PAGE;
}

function isCount(value: unknown): value is number {
  return isWholeNumber(value) && value >= 1 && value <= 64;
}

function isCursor(value: unknown): value is string {
  return typeof value === 'string' && /^\d{1,15}$|^[1-8]\d{15}$/.test(value);
}

/** A match of a list. */
export interface ListedMatch {
  readonly matchId: string;
  readonly room: Label;
}

/** The server answers a page, and what to ask the next one with; null after the last. */
export function encodeList(matches: readonly ListedMatch[], next: number | null): string {
  return JSON.stringify({
    matches: matches.map(({ matchId, room }) => listedFields(matchId, room)),
    cursor: next === null ? null : String(next),
  });
}

/** Clients read a page, and what to ask the next one with; null where it is no answer. */
export function decodeList(
  payload: string,
): { readonly matches: readonly Listed[]; readonly cursor: string | null } | null {
  const answer = parseObject(payload);
  if (answer === null || !Array.isArray(answer.matches)) return null;
  const matches = answer.matches.map((fields) => listedIn(fields ?? {})).filter((one) => one !== null);
  return { matches, cursor: isNonEmptyString(answer.cursor) ? answer.cursor : null };
}
