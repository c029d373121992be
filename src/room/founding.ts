import type { Player } from '../protocol/player.ts';
import { bySessionId } from './seats/seat.ts';

/** How a room came to be, which decides who may come in and how peer ids are given. */
export type Founding =
  /** By the matchmaker: only the invited come in; peer ids were fixed with the invitations. */
  | {
      readonly kind: 'matched';
      readonly invitations: readonly Invitation[];
      /** The invited who will not play: they never came in time, or have left. */
      readonly absent: readonly Identity[];
    }
  /** By a player: they are peer 1, whoever comes before them waits; the others follow in join order. */
  | { readonly kind: 'created'; readonly creator: Creator }
  /**
   * By an addon's `create_match`: its host, peer 1, gives out the peer ids, or refuses. They are in the match's
   * stream, but Nakama does not count them among its presences.
   */
  | { readonly kind: 'adopted' }
  /** By nobody who plays: once min_players are there, the lowest session id becomes peer 1. */
  | { readonly kind: 'elected' };

/** A session and whose it is. */
export type Identity = Pick<Player, 'sessionId' | 'userId' | 'username'>;

export interface Invitation extends Identity {
  readonly peerId: number;
  readonly version: string | null;
}

/** Known by session when they made the room over a socket, else by user. */
export interface Creator {
  readonly userId: string;
  readonly sessionId: string | null;
}

/** Invitations for those whom the matchmaker put together; as the addon does, peer ids follow the sorted session ids. */
export function invitationsFor(matched: readonly Omit<Invitation, 'peerId'>[]): Invitation[] {
  return [...matched].sort(bySessionId).map((who, index) => ({ ...who, peerId: index + 1 }));
}
