import type { Dialect } from './content.ts';
import { isNonEmptyString, parseObject } from './fields.ts';
import { type Refusal, refuse } from './refusal.ts';
import { isVersion, MAX_VERSION_LENGTH } from './version.ts';

/** `create_online_match`: what a new room shall be; null where the caller leaves it to the server. */
export interface CreateRequest {
  readonly minPlayers: number | null;
  readonly maxPlayers: number | null;
  readonly clientVersion: string | null;
  readonly host: 'creator' | 'elect' | null;
  /** The variant of the addon that will join. */
  readonly dialect: Dialect | null;
}

/** `seal_online_match`. */
export interface SealRequest {
  readonly matchId: string;
  readonly sealed: boolean;
  /** Seal even while players are not connected to each other. */
  readonly force: boolean;
}

export type Decoded<T> = { readonly value: T; readonly refusal: null } | { readonly refusal: Refusal };

export function decodeCreateRequest(payload: string): Decoded<CreateRequest> {
  return decode(payload, (fields) => ({
    minPlayers: fields.optional('min_players', isWholeNumber, 'a whole number'),
    maxPlayers: fields.optional('max_players', isWholeNumber, 'a whole number'),
    clientVersion: fields.optional(
      'client_version',
      isVersion,
      `text of at most ${MAX_VERSION_LENGTH} characters`,
    ),
    host: fields.optional('host', isHostChoice, '"creator" or "elect"'),
    dialect: fields.optional('dialect', isDialect, '"A", "R" or "C"'),
  }));
}

export function decodeSealRequest(payload: string): Decoded<SealRequest> {
  return decode(payload, (fields) => ({
    matchId: fields.required('match_id', isNonEmptyString, 'the id of a match'),
    sealed: fields.required('sealed', isBoolean, 'true or false'),
    force: fields.optional('force', isBoolean, 'true or false') ?? false,
  }));
}

export function decodeGetRequest(payload: string): Decoded<{ matchId: string }> {
  return decode(payload, (fields) => ({
    matchId: fields.required('match_id', isNonEmptyString, 'the id of a match'),
  }));
}

function isWholeNumber(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isHostChoice(value: unknown): value is 'creator' | 'elect' {
  return value === 'creator' || value === 'elect';
}

function isDialect(value: unknown): value is Dialect {
  return value === 'A' || value === 'R' || value === 'C';
}

type Guard<T> = (value: unknown) => value is T;

/** Takes fields out of a request one by one and remembers the first thing that is wrong with it. */
class FieldReader {
  problem: string | null = null;
  private readonly left: Map<string, unknown>;

  constructor(fields: Record<string, unknown>) {
    this.left = new Map(Object.entries(fields));
  }

  optional<T>(name: string, guard: Guard<T>, allowed: string): T | null {
    const value = this.take(name);
    if (value === undefined || value === null || guard(value)) return value ?? null;
    this.problem ??= `${name} must be ${allowed}`;
    return null;
  }

  required<T>(name: string, guard: Guard<T>, allowed: string): T {
    const value = this.take(name);
    if (!guard(value)) this.problem ??= `${name} must be ${allowed}`;
    return value as T;
  }

  /** Call when every known field was taken: whatever is left is unknown. */
  finish(): string | null {
    const [unknown] = this.left.keys();
    return unknown === undefined ? this.problem : `there is no field ${JSON.stringify(unknown)}`;
  }

  private take(name: string): unknown {
    const value = this.left.get(name);
    this.left.delete(name);
    return value;
  }
}

/** No request comes near it. The runtime's JSON takes a thousand times its own size for text that nests deeply. */
const MAX_PAYLOAD_LENGTH = 4096;

function decode<T>(payload: string, read: (fields: FieldReader) => T): Decoded<T> {
  if (payload.length > MAX_PAYLOAD_LENGTH) {
    return { refusal: refuse('bad-request', `the payload is longer than ${MAX_PAYLOAD_LENGTH} characters`) };
  }
  const object = payload === '' ? {} : parseObject(payload.trim());
  if (object === null) return { refusal: refuse('bad-request', 'the payload must be a JSON object') };
  const fields = new FieldReader(object);
  const value = read(fields);
  const problem = fields.finish();
  return problem === null ? { value, refusal: null } : { refusal: refuse('bad-request', problem) };
}
