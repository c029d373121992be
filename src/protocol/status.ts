import { type Fields, type Marks, parseBounded } from './fields.ts';
import { type Property, propertiesIn, propertyFields } from './properties.ts';

// 9012: what a player says of themselves.

/** The server drops a longer one unread, */
export const MAX_STATUS_BYTES = 2048;
/** and one with more marks of JSON. */
export const STATUS_MARKS: Marks = { quotes: 128, commas: 256, brackets: 16 };

/** Null where they say nothing of it. */
export interface Status {
  /** Whether nobody looks at the game: it may stand still, and its socket may go. */
  readonly background: boolean | null;
  /** Whether the page is about to go, by a reload or for good. */
  readonly leaving: boolean | null;
  /** Whether they are ready to play. */
  readonly ready: boolean | null;
  /** All they have from now on. */
  readonly properties: readonly Property[] | null;
}

export interface StatusReported extends Status {
  readonly type: 'status-reported';
}

/** A client that announced itself writes it, in JSON. */
export function encodeStatus({ background, leaving, ready, properties }: Partial<Status>): string {
  return JSON.stringify({
    background: background ?? undefined,
    leaving: leaving ?? undefined,
    ready: ready ?? undefined,
    properties: properties ? propertyFields(properties) : undefined,
  });
}

/** Whether the server would read them: each may be as it must be, and all together too much for one message. */
export function canBeSaid(properties: readonly Property[]): boolean {
  const text = encodeStatus({ ready: false, properties });
  const bytes = encodeURIComponent(text).replace(/%../g, '-').length;
  return bytes <= MAX_STATUS_BYTES && parseBounded(text, STATUS_MARKS) !== null;
}

/** The server reads it. */
export function statusIn(fields: Fields): StatusReported | null {
  const { background = null, leaving = null, ready = null, properties: given = null } = fields;
  const properties = given === null ? null : propertiesIn(given);
  const isReadable = isFlag(background) && isFlag(leaving) && isFlag(ready);
  if (!isReadable || (given !== null && properties === null)) return null;
  return { type: 'status-reported', background, leaving, ready, properties };
}

function isFlag(value: unknown): value is boolean | null {
  return value === null || typeof value === 'boolean';
}
