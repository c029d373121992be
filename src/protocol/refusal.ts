/** Every reason this server gives for a no; stable, so that clients may branch on them. */
export const REFUSAL_CODES = [
  /** A field is unknown, missing or of the wrong type, or two client versions are named. */
  'bad-request',
  /** The host does not let this user in again. */
  'banned',
  /** The server cannot do it now; try again. */
  'busy',
  /** Peer 1, whom clients that do not announce themselves take for the host, has lost their socket. */
  'host-away',
  /** The host has left, or never came, or is another: nobody, or no such client, can join the match any more. */
  'host-left',
  /** The host has sent this user away. */
  'kicked',
  /** Not all players are connected to each other yet. */
  'links-pending',
  /** All seats are taken or reserved. */
  'match-full',
  /** There is no such match, or it has ended. */
  'match-not-found',
  /** The game has begun, or the server is shutting down. */
  'match-sealed',
  /** Nobody with that peer id is here who could be host. */
  'no-such-player',
  /** Only players of the match may do this. */
  'not-a-member',
  /** Only the host may do this. */
  'not-host',
  /** The matchmaker did not put this session into the match, or it has left it; or an addon's host says no. */
  'not-invited',
  /** Not all players have said that they are ready. */
  'not-ready',
  /** Clients of the match speak another of the addon's dialects; the sentence says which the match must be made with. */
  'other-dialect',
  /** The match has a password, and the client named none. */
  'password-required',
  /** Another socket of the same user took the seat over. */
  'resumed-elsewhere',
  /** There is no seat of this user with that peer id to come back to. */
  'seat-gone',
  /** Somebody else became host meanwhile. */
  'stale-term',
  /** Players of the match are linked to the host alone, which clients that do not announce themselves do not know. */
  'star',
  /** Fewer than min_players are in. */
  'too-few-players',
  /** Of the caller's, or from their address, within a minute: codes and passwords that were wrong, listings, invitations. */
  'too-many-requests',
  /** Of the caller's: that wait for a first player, that were made within a minute, or that are not over. */
  'too-many-rooms',
  /** The match is for another client version, which the sentence names. */
  'version-mismatch',
  /** The server demands a client version, and the client named none. */
  'version-required',
  /** It is not the password of the match. */
  'wrong-password',
] as const;

/** One of the server's codes, which its docs/protocol.md lists with what they mean. */
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** A no, as a value: the code for programs, the sentence for people. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly sentence: string;
}

export function refuse(code: RefusalCode, sentence: string): Refusal {
  return { code, sentence };
}

/** `code: sentence`, the one form in which clients see a refusal of a join or of an RPC. */
export function refusalText({ code, sentence }: Refusal): string {
  return `${code}: ${sentence}`;
}
