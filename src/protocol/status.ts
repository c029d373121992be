import type { Fields } from './fields.ts';

// 9012: what a player says of themselves.

/** Null where they say nothing of it. */
export interface Status {
  /** Whether nobody looks at the game: it may stand still, and its socket may go. */
  readonly background: boolean | null;
  /** Whether the page is about to go, by a reload or for good. */
  readonly leaving: boolean | null;
}

export interface StatusReported extends Status {
  readonly type: 'status-reported';
}

/** A client that announced itself writes it, in JSON. */
export function encodeStatus({ background, leaving }: Partial<Status>): string {
  return JSON.stringify({ background: background ?? undefined, leaving: leaving ?? undefined });
}

/** The server reads it. */
export function statusIn({ background = null, leaving = null }: Fields): StatusReported | null {
  if (!isFlag(background) || !isFlag(leaving)) return null;
  return { type: 'status-reported', background, leaving };
}

function isFlag(value: unknown): value is boolean | null {
  return value === null || typeof value === 'boolean';
}
