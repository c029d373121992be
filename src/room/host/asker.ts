/** Whose wish it is: a user's, from whatever socket or over HTTP; null for the game's own backend, which may always. */
export type Asker = { readonly userId: string } | null;
