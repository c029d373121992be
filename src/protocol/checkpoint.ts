import { isNonEmptyString, parseObject } from './fields.ts';

// 9014: the game's state, which a host left with the room. The host sends it as a 9013, whose data it is.

export interface Checkpoint {
  /** Of the host who left it. */
  readonly term: number;
  /** From 1, and one more with each that the room took. */
  readonly sequence: number;
  /** Its bytes, in base64. */
  readonly data: string;
}

/** The server writes it. */
export function encodeCheckpoint({ term, sequence, data }: Checkpoint): string {
  return JSON.stringify({ term, sequence, data });
}

/** Clients read it; null where it is no 9014. */
export function decodeCheckpoint(text: string): Checkpoint | null {
  const { term, sequence, data } = parseObject(text) ?? {};
  if (typeof term !== 'number' || typeof sequence !== 'number' || !isNonEmptyString(data)) return null;
  return { term, sequence, data };
}
