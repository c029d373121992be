import type { Player } from './join.ts';
import type { Phase } from './label.ts';

/** How far two players' peer connection is. */
export type LinkState = 'connecting' | 'connected' | 'failed';

/** The connection of two players, by session id; `a` is the lower. */
export interface Link {
  readonly a: string;
  readonly b: string;
  readonly state: LinkState;
}

/** A room as those clients see it that announced themselves. */
export interface RoomView {
  readonly phase: Phase;
  readonly clientVersion: string | null;
  readonly minPlayers: number;
  readonly maxPlayers: number;
  readonly openSeats: number;
  /** Sorted by peer id. */
  readonly players: readonly (Player & { readonly announced: boolean })[];
  /** Every pair of players of whom one announced itself: of the others nothing is known. */
  readonly links: readonly Link[];
  /** Whether all of these are connected. */
  readonly connected: boolean;
}

/** As WebRTC takes them, in the fields of `RTCIceServer`. */
export interface IceServers {
  readonly iceServers: readonly {
    readonly urls: readonly string[];
    readonly username?: string;
    readonly credential?: string;
  }[];
  /** Seconds for which the credentials hold; null without any. */
  readonly expiresIn: number | null;
}

/** A 9010, which is the same for everybody but the first one of each. */
export function encodeRoom(view: RoomView): string {
  return JSON.stringify({
    phase: view.phase,
    client_version: view.clientVersion,
    min_players: view.minPlayers,
    max_players: view.maxPlayers,
    open_seats: view.openSeats,
    players: view.players.map(({ sessionId, userId, username, peerId, spectator, announced }) => ({
      session_id: sessionId,
      user_id: userId,
      username,
      peer_id: peerId,
      spectator,
      announced,
    })),
    links: view.links,
    connected: view.connected,
  });
}

/** The first 9010 of a recipient says who they are, and has ICE servers of their own. */
export function addressRoom(room: string, you: string, ice: IceServers): string {
  const own = JSON.stringify({ you, ice_servers: ice.iceServers, ice_expires_in: ice.expiresIn });
  return `${own.slice(0, -1)},${room.slice(1)}`;
}
