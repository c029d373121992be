import { DIALECTS, type Dialect } from '../dialects/dialect.ts';
import { type Fields, isNonEmptyString, parseObject } from '../fields.ts';
import { VISIBILITIES, type Visibility } from '../label.ts';
import {
  isProperties,
  PROPERTIES_ALLOWED,
  type Property,
  propertiesIn,
  propertyFields,
} from '../properties.ts';
import { isText } from '../text-key.ts';
import { isVersion, MAX_VERSION_LENGTH } from '../version.ts';
import { isPassword, PASSWORD_ALLOWED } from './password.ts';
import { type Decoded, decodeRequest, type FieldReader } from './request.ts';

// create_online_match: the caller has a room made, and joins it like everybody else.

/** What a new room shall be; null where the caller leaves it to the server. */
export interface CreateRequest {
  readonly minPlayers: number | null;
  readonly maxPlayers: number | null;
  readonly clientVersion: string | null;
  readonly host: HostChoice | null;
  /** The variant of the addon that will join. */
  readonly dialect: Dialect | null;
  readonly name: string | null;
  readonly visibility: Visibility | null;
  readonly properties: readonly Property[] | null;
  readonly password: string | null;
  readonly onHostLeft: OnHostLeft | null;
  readonly topology: Topology | null;
}

type HostChoice = 'creator' | 'elect';

/** Whether another player becomes host when the host is gone, or nobody can join any more. */
export type OnHostLeft = 'migrate' | 'close';

/** Whether all players are linked to each other, or each to the host alone. */
export const TOPOLOGIES = ['mesh', 'star'] as const;

export type Topology = (typeof TOPOLOGIES)[number];

/** The room as it was made. */
export interface Created {
  readonly matchId: string;
  readonly code: string;
  readonly minPlayers: number;
  readonly maxPlayers: number;
  readonly clientVersion: string | null;
  readonly host: HostChoice;
  readonly onHostLeft: OnHostLeft;
  readonly topology: Topology;
}

/** Clients write the request. */
export function encodeCreateRequest(request: Partial<CreateRequest>): string {
  return JSON.stringify(createRequestFields(request));
}

/** The request within another, too. */
export function createRequestFields(request: Partial<CreateRequest>): Fields {
  return {
    min_players: request.minPlayers,
    max_players: request.maxPlayers,
    client_version: request.clientVersion,
    host: request.host,
    dialect: request.dialect,
    name: request.name,
    visibility: request.visibility,
    properties: request.properties && propertyFields(request.properties),
    password: request.password,
    on_host_left: request.onHostLeft,
    topology: request.topology,
  };
}

/** The server reads it. */
export function decodeCreateRequest(payload: string): Decoded<CreateRequest> {
  return decodeRequest(payload, createRequestIn);
}

export function createRequestIn(fields: FieldReader): CreateRequest {
  return {
    minPlayers: fields.optional('min_players', isWholeNumber, 'a whole number'),
    maxPlayers: fields.optional('max_players', isWholeNumber, 'a whole number'),
    clientVersion: fields.optional(
      'client_version',
      isVersion,
      `text of at most ${MAX_VERSION_LENGTH} characters`,
    ),
    host: fields.optional('host', isHostChoice, '"creator" or "elect"'),
    dialect: fields.optional('dialect', isDialect, DIALECTS_ALLOWED),
    ...profileFieldsIn(fields),
    password: fields.optional('password', isPassword, PASSWORD_ALLOWED),
    onHostLeft: fields.optional('on_host_left', isOnHostLeft, '"migrate" or "close"'),
    topology: fields.optional('topology', isTopology, '"mesh" or "star"'),
  };
}

/** The server writes the answer. */
export function encodeCreated(created: Created): string {
  return JSON.stringify({
    match_id: created.matchId,
    code: created.code,
    min_players: created.minPlayers,
    max_players: created.maxPlayers,
    client_version: created.clientVersion,
    host: created.host,
    on_host_left: created.onHostLeft,
    topology: created.topology,
  });
}

/** Clients read which match it is; null where it is no answer. */
export function decodeCreated(payload: string): Pick<Created, 'matchId' | 'code'> | null {
  const { match_id: matchId, code } = parseObject(payload) ?? {};
  return isNonEmptyString(matchId) && isNonEmptyString(code) ? { matchId, code } : null;
}

/** What a room says of itself, as requests have it. */
export function profileFieldsIn(fields: FieldReader) {
  const properties = fields.optional('properties', isProperties, PROPERTIES_ALLOWED);
  return {
    name: fields.optional('name', isRoomName, `text of at most ${MAX_NAME_LENGTH} characters`),
    visibility: fields.optional('visibility', isVisibility, '"private" or "public"'),
    properties: properties === null ? null : propertiesIn(properties),
  };
}

export const MAX_NAME_LENGTH = 64;

export function isRoomName(value: unknown): value is string {
  return isText(value, MAX_NAME_LENGTH);
}

function isVisibility(value: unknown): value is Visibility {
  return VISIBILITIES.includes(value as Visibility);
}

export function isWholeNumber(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isHostChoice(value: unknown): value is HostChoice {
  return value === 'creator' || value === 'elect';
}

function isOnHostLeft(value: unknown): value is OnHostLeft {
  return value === 'migrate' || value === 'close';
}

function isTopology(value: unknown): value is Topology {
  return TOPOLOGIES.includes(value as Topology);
}

export const DIALECTS_ALLOWED = '"A", "R" or "C"';

export function isDialect(value: unknown): value is Dialect {
  return DIALECTS.includes(value as Dialect);
}
