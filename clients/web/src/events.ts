import type { Checkpoint } from './checkpoints.ts';
import type { OnlineMatchError } from './errors.ts';
import type { Room } from './room.ts';
import type { Player } from './roster.ts';

/** What a game can listen to, and what its listeners get. */
export interface OnlineMatchEvents {
  /**
   * Something failed that no call answers for. After a refusal (`match-full`, `match-sealed`, `version-mismatch`,
   * `resumed-elsewhere`, `kicked`, `banned`) the match has been left, `left` follows, and nothing comes back by itself; after `webrtc` it goes on.
   */
  error: OnlineMatchError;
  /**
   * The socket was lost while in a match or on the way into one, and with it the match: there is no `reconnect`
   * among the options, or nothing to come back to.
   */
  disconnected: undefined;
  /**
   * The socket was lost, and the library is coming back to the same seat; the links go on. Exactly one of
   * `reconnected`, `roomLost` and `left` follows.
   */
  reconnecting: undefined;
  /** Back in the seat, on another socket. What happened meanwhile has been told by the events before this one. */
  reconnected: undefined;
  /**
   * The server has no seat for this player any more, or cannot be reached; the error says which. Links that are up
   * go on until `leave()`, and players without one have left.
   */
  roomLost: OnlineMatchError;
  /** The match is over for this player; the error says why, with the code `left` after their own `leave()`. */
  left: OnlineMatchError;
  /** The id of the match that this player made, for others to join. */
  matchCreated: string;
  /** The id of the match that was joined, or come back to after a reload. */
  matchJoined: string;
  /** All players whom the matchmaker put together, this one too. They come in one by one. */
  matchmakerMatched: readonly Player[];
  /** A player is in; also this player, when the server lets them in. */
  playerJoined: Player;
  playerLeft: Player;
  /** A player has lost their socket; their seat is kept for `awaySec`, and the link to them may live on. */
  playerAway: Player;
  /** A player who was away is back. */
  playerBack: Player;
  /** The link to that player is up, goes another way, is being made anew (`step` says how), or failed; also then the library tries again. */
  playerStatusChanged: Player;
  /** Much was sent to that player, and little of it is left: `send` on. */
  drained: Player;
  /** Another player is host, or the first one; `player` is null where they are not in any more. */
  hostChanged: HostChange;
  /**
   * The game's state as the last host left it: this player has become host, or has come back as host after a reload.
   * It comes from a player, so check it.
   */
  checkpoint: Checkpoint;
  /** Enough players are in, and all are connected to each other. Sorted by peer id. */
  matchReady: readonly Player[];
  /** The match is no longer ready: somebody came, left or lost a link. Not told while playing. */
  matchNotReady: undefined;
  /**
   * The room as the server sees it, after every change: its code, name and properties, who is ready, and so on; only
   * where this project's module runs.
   */
  roomChanged: Room;
  /** Data from another player. */
  message: Message;
  /** A player's track has come: play it. The same comes again over a link that is made anew, as another track. */
  track: PlayerTrack;
  /** It is over: the player took it away or left, or the link is made anew or goes through the server. */
  trackEnded: PlayerTrack;
}

export interface HostChange {
  readonly player: Player | null;
  /** From 1, and one more with each change of the host. */
  readonly term: number;
}

export interface Message {
  readonly from: Player;
  /** As it was sent: a text, or bytes. */
  readonly data: string | ArrayBuffer;
  /** By which of the two channels it came. */
  readonly reliable: boolean;
}

export interface PlayerTrack {
  readonly player: Player;
  readonly track: MediaStreamTrack;
  /** As the player has put the track into them; often one, or none. */
  readonly streams: readonly MediaStream[];
}

export type Emit = <Name extends keyof OnlineMatchEvents>(name: Name, value: OnlineMatchEvents[Name]) => void;
