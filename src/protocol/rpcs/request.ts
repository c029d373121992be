import { type Fields, parseObject } from '../fields.ts';
import { type Refusal, refuse } from '../refusal.ts';

export type Decoded<T> = { readonly value: T; readonly refusal: null } | { readonly refusal: Refusal };

/** No request comes near it. The runtime's JSON takes a thousand times its own size for text that nests deeply. */
const MAX_PAYLOAD_LENGTH = 4096;

/** A request, read field by field from the JSON of an RPC's payload; or what is wrong with it. */
export function decodeRequest<T>(payload: string, read: (fields: FieldReader) => T): Decoded<T> {
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

/** The term that a request to a room's host-only RPCs names. */
export function termIn(fields: FieldReader): number | null {
  return fields.optional('term', isTerm, 'a whole number from 1');
}

function isTerm(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

type Guard<T> = (value: unknown) => value is T;

/** Takes fields out of a request one by one and remembers the first thing that is wrong with it. */
export class FieldReader {
  problem: string | null = null;
  private readonly left: Map<string, unknown>;

  constructor(fields: Fields) {
    this.left = new Map(Object.entries(fields));
  }

  optional<T>(name: string, guard: Guard<T>, allowed: string): T | null {
    const value = this.take(name);
    if (value === undefined || value === null || guard(value)) return value ?? null;
    this.problem ??= `${name} must be ${allowed}`;
    return null;
  }

  /** As `optional`, for what a caller chooses by: a null, which they did not mean, would choose everything. */
  unlessMissing<T>(name: string, guard: Guard<T>, allowed: string): T | null {
    return this.left.has(name) ? this.required(name, guard, allowed) : null;
  }

  required<T>(name: string, guard: Guard<T>, allowed: string): T {
    const value = this.take(name);
    if (!guard(value)) this.problem ??= `${name} must be ${allowed}`;
    return value as T;
  }

  has(name: string): boolean {
    return this.left.has(name);
  }

  /** A request within the request, which may be missing. */
  nested<T>(name: string, read: (fields: FieldReader) => T): T {
    const own = this.optional(name, isFields, 'an object');
    const fields = new FieldReader(own ?? {});
    const value = read(fields);
    const problem = fields.finish();
    if (problem !== null) this.problem ??= `in ${name}: ${problem}`;
    return value;
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
