import type { Player } from '../../../src/protocol/player.ts';

/** Session id of the player who sent a message; null when the server says it itself. */
export type Sender = string | null;

/** Says whether what a sender states about the match may be believed. */
export interface Authority {
  /** A 9002. */
  believesPlayers(sender: Sender, players: readonly Player[]): boolean;
  /** A 9003. */
  believesRefusal(sender: Sender): boolean;
  /** A 9010: the room, and the ICE servers to use. */
  believesSnapshot(sender: Sender): boolean;
}

/**
 * In a room the server alone decides, and passes on what an addon's host has decided as its own word. Whatever
 * else a member sends arrives with that member's presence.
 */
const SERVER_DECIDES: Authority = {
  believesPlayers: (sender) => sender === null,
  believesRefusal: (sender) => sender === null,
  believesSnapshot: (sender) => sender === null,
};

/** Matched players know each other's peer ids from the matchmaker; in a relayed match nobody decides anything. */
const NOBODY_DECIDES: Authority = {
  believesPlayers: () => false,
  believesRefusal: () => false,
  believesSnapshot: () => false,
};

/**
 * A relayed match that a player with the addon made: that player decides. They were there at the join, and have
 * peer id 1 in their own 9002. Who has once been taken for the host stays it; before that, anybody who was there at
 * the join may refuse this player, since a host who refuses sends no 9002.
 */
function hostDecides(presentAtJoin: readonly string[]): Authority {
  let host: string | null = null;
  const mayBeHost = (sender: Sender): sender is string =>
    sender !== null && (host === null ? presentAtJoin.includes(sender) : sender === host);
  return {
    believesPlayers: (sender, players) => {
      if (!mayBeHost(sender)) return false;
      const isHost = players.some(({ sessionId, peerId }) => sessionId === sender && peerId === 1);
      if (isHost) host = sender;
      return isHost;
    },
    believesRefusal: mayBeHost,
    believesSnapshot: () => false,
  };
}

/** Who decides over a match: an authoritative one, or a relayed one that the matchmaker or a player has made. */
export function authorityOver(
  isArbitrated: boolean,
  isMatched: boolean,
  presentAtJoin: readonly string[],
): Authority {
  if (isArbitrated) return SERVER_DECIDES;
  return isMatched ? NOBODY_DECIDES : hostDecides(presentAtJoin);
}
