import type { LinkState } from './room-view.ts';

/**
 * The public variants of the addon, by what they put on the wire. "A": JSON. "R": JSON, with a join request
 * and other numbers. "C": binary.
 */
export type Dialect = 'A' | 'R' | 'C';

/** A session id is a UUID of 36 characters. */
export const MAX_SESSION_ID_LENGTH = 64;
/** Of the sentence that an addon's host refuses with. */
export const MAX_REASON_LENGTH = 512;
/** Of the players that an addon's host lists: more than any room has seats. */
export const MAX_ENTRIES = 100;

/** A message of the addon, as far as the server must know it. The bytes that are forwarded stay the sender's own. */
export type Content = PeerMethod | JoinSuccess | JoinError | JoinRequest | LinkReported | Foreign;

export interface PeerMethod {
  readonly type: 'peer-method';
  readonly kind: 'description' | 'candidate' | 'reconnect';
  /** Session id of the peer that it is for. */
  readonly target: string;
}

/** An addon's host tells everybody who is in. */
export interface JoinSuccess {
  readonly type: 'join-success';
  readonly clientVersion: string;
  readonly players: readonly Entry[];
}

export interface Entry {
  readonly sessionId: string;
  readonly peerId: number;
  readonly spectator: boolean;
}

/** An addon's host refuses a joiner. `code` is 0 when the game has begun, 1 when it is full, null where the variant has none. */
export interface JoinError {
  readonly type: 'join-error';
  readonly target: string;
  readonly code: number | null;
  readonly reason: string;
}

/** A joiner of dialect R asks to be let in. */
export interface JoinRequest {
  readonly type: 'join-request';
  readonly clientVersion: string | null;
  readonly spectator: boolean;
}

/** A client that announced itself says how far its connection to another player is. */
export interface LinkReported {
  readonly type: 'link-reported';
  readonly peer: string;
  readonly state: LinkState;
}

/** Another kind of game's message under a number of the addon, such as that of Nakama's own multiplayer bridge. */
export interface Foreign {
  readonly type: 'foreign';
}

export function isSessionId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_SESSION_ID_LENGTH;
}

export function isPeerId(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value < 2 ** 31;
}

/** What was said, and in which dialect: null where it could be A as well as R. */
export interface Utterance {
  readonly content: Content;
  readonly dialect: Dialect | null;
}
