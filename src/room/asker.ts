/** Who asks: a session, over HTTP only a user, or null for the game's own backend, which may always. */
export type Asker = { readonly userId: string; readonly sessionId: string | null } | null;
