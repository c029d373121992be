import type { Membership } from './membership.ts';
import type { Participation } from './participation.ts';
import type { MatchState } from './participation-context.ts';
import type { Room } from './room.ts';
import type { Player } from './roster.ts';

/** What a game can see of its match at any time. */
export abstract class MatchView {
  /** Null in the lobby. */
  protected abstract readonly participation: Participation | null;

  get state(): MatchState {
    return this.participation?.state ?? 'lobby';
  }

  /** Null outside a match. */
  get matchId(): string | null {
    return this.membership?.matchId ?? null;
  }

  /** All players who are in, this one too, sorted by peer id. */
  get players(): readonly Player[] {
    return this.membership?.roster.players ?? [];
  }

  get playersByPeerId(): ReadonlyMap<number, Player> {
    return new Map(this.players.map((player) => [player.peerId, player]));
  }

  /** This player; null until the server has let them in. */
  get self(): Player | null {
    return this.membership?.self ?? null;
  }

  /** Whether this player holds the office of the host, which others get after them. */
  get isHost(): boolean {
    return this.membership?.office.isOwn ?? false;
  }

  /** Who is host; null where they are not in any more, and outside a match. */
  get host(): Player | null {
    return this.playersByPeerId.get(this.membership?.office.peerId ?? 0) ?? null;
  }

  /** Whether the socket is lost, and the library on its way back to the seat. */
  get isReconnecting(): boolean {
    return this.participation?.isReconnecting ?? false;
  }

  /** The latest snapshot of the room; null until the first, and on servers that send none. */
  get room(): Room | null {
    return this.membership?.room ?? null;
  }

  /** The present connection to a player, for statistics; a link that connects anew has another. */
  connectionOf(peerId: number): RTCPeerConnection | null {
    return this.membership?.links.mesh.get(peerId)?.connection ?? null;
  }

  /** Null until the server has let the player in. */
  protected get membership(): Membership | null {
    return this.participation?.membership ?? null;
  }
}
