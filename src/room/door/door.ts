export interface Door {
  /** User ids of those who are not let in again, the last ones. */
  readonly bans: readonly string[];
  readonly passes: readonly Pass[];
  /** The tick at which what the password is checked with was kept last. */
  readonly keptAt: number;
}

/** What a user may for a while. */
export interface Pass {
  readonly userId: string;
  /** "unlocked": their next join needs no password; "invited": none does; "seat": one is kept for their next join. */
  readonly kind: 'unlocked' | 'invited' | 'seat';
  /** The tick at which it is over. */
  readonly until: number;
}

export const OPEN_DOOR: Door = { bans: [], passes: [], keptAt: 0 };
