import type { Dialect } from './dialects/dialect.ts';

/** The kinds of clients that lists tell apart, as words of a label: speakers of a dialect, and who announces themselves. */
export type Audience = 'a' | 'r' | 'c' | 'own';

/** A client that looks for a room. */
export interface Seeker {
  /** A, where it says nothing. */
  readonly dialect: Dialect | null;
  /** Whether it announces itself when it joins. */
  readonly announced: boolean;
}

export function audienceOf({ dialect, announced }: Seeker): Audience {
  switch (dialect) {
    case 'R':
      return 'r';
    case 'C':
      return 'c';
    default:
      return announced ? 'own' : 'a';
  }
}
