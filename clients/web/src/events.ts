import type { RoomView } from '../../../src/protocol/snapshot.ts';
import type { OnlineMatchError } from './errors.ts';
import type { Player } from './roster.ts';

/** What a game can listen to, and what its listeners get. */
export interface OnlineMatchEvents {
  /**
   * Something failed that no call answers for. After a refusal (`match-full`, `match-sealed`,
   * `version-mismatch`) the match has been left; after `webrtc` it goes on.
   */
  error: OnlineMatchError;
  /** The socket was lost while in a match or on the way into one, and with it the match. */
  disconnected: undefined;
  /** The id of the match that this player made, for others to join. */
  matchCreated: string;
  /** The id of the match that was joined. */
  matchJoined: string;
  /** All players whom the matchmaker put together, this one too. They come in one by one. */
  matchmakerMatched: readonly Player[];
  /** A player is in; also this player, when the server lets them in. */
  playerJoined: Player;
  playerLeft: Player;
  /** The link to that player is up, is being made anew, or failed; also then the library tries again. */
  playerStatusChanged: Player;
  /** Enough players are in, and all are connected to each other. Sorted by peer id. */
  matchReady: readonly Player[];
  /** The match is no longer ready: somebody came, left or lost a link. Not told while playing. */
  matchNotReady: undefined;
  /** The room as the server sees it, after every change; only where this project's module runs. */
  roomChanged: RoomView;
  /** Data from another player. */
  message: Message;
}

export interface Message {
  readonly from: Player;
  /** As it was sent: a text, or bytes. */
  readonly data: string | ArrayBuffer;
  /** By which of the two channels it came. */
  readonly reliable: boolean;
}

export type Emit = <Name extends keyof OnlineMatchEvents>(name: Name, value: OnlineMatchEvents[Name]) => void;
