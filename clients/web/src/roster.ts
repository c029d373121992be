import type { LinkState } from '../../../src/protocol/link-report.ts';
import type { Player as ListedPlayer } from '../../../src/protocol/player.ts';
import type { RoomView } from '../../../src/protocol/snapshot.ts';

/** A player in the match, at one moment: a change makes a new object. */
export interface Player extends ListedPlayer {
  /** Whether this player's client announced that it knows this server; addons do not. */
  readonly announced: boolean;
  /** How far the link to this player is; one's own is `connected`. */
  readonly status: LinkState;
}

export interface RosterEvents {
  onJoined(player: Player): void;
  onLeft(player: Player): void;
}

/**
 * Who is in the match. Before the first snapshot of the room, and on servers that send none, this follows from
 * what addons are told too; from the first snapshot on, the snapshots decide.
 */
export class Roster {
  readonly #events: RosterEvents;
  readonly #players = new Map<string, Player>();
  /** Session ids that a snapshot has listed. */
  readonly #inSnapshot = new Set<string>();
  /** Matched players who have not come yet and may still come. */
  readonly #expected: Map<string, ListedPlayer>;
  #hasSnapshots = false;

  constructor(matched: readonly ListedPlayer[], events: RosterEvents) {
    this.#expected = new Map(matched.map((player) => [player.sessionId, player]));
    this.#events = events;
  }

  /** Sorted by peer id. */
  get players(): readonly Player[] {
    return [...this.#players.values()].sort((a, b) => a.peerId - b.peerId);
  }

  get hasSnapshots(): boolean {
    return this.#hasSnapshots;
  }

  /** Whether no matched player is still to come. */
  get isComplete(): boolean {
    return this.#expected.size === 0;
  }

  /** Whether the links to all others are up. */
  get areConnected(): boolean {
    return this.players.every(({ status }) => status === 'connected');
  }

  get(sessionId: string): Player | undefined {
    return this.#players.get(sessionId);
  }

  setStatus(sessionId: string, status: LinkState): Player | undefined {
    const player = this.#players.get(sessionId);
    if (player === undefined) return undefined;
    const changed = { ...player, status };
    this.#players.set(sessionId, changed);
    return changed;
  }

  /**
   * From a snapshot: adds and removes players until they are those of the snapshot. A player whom no snapshot has
   * listed yet stays: the server may not have heard of them.
   */
  applySnapshot({ players }: RoomView): void {
    this.#hasSnapshots = true;
    const listed = new Map(players.map((player) => [player.sessionId, player]));
    for (const { sessionId, peerId } of this.players) {
      const player = listed.get(sessionId);
      const isGone = player === undefined ? this.#inSnapshot.has(sessionId) : player.peerId !== peerId;
      if (isGone) this.#remove(sessionId);
    }
    for (const player of players) {
      this.#inSnapshot.add(player.sessionId);
      const known = this.#players.get(player.sessionId);
      if (known === undefined) this.#add(player, player.announced);
      else if (known.announced !== player.announced)
        this.#players.set(player.sessionId, { ...known, announced: player.announced });
    }
  }

  /** From a 9002, which lists all who are in. */
  addListed(listed: readonly ListedPlayer[]): void {
    if (this.#hasSnapshots) return;
    for (const player of listed) if (!this.#players.has(player.sessionId)) this.#add(player, false);
  }

  /** From presences. Only matched players count: of others the peer ids are not known yet. */
  addMatched(sessionIds: readonly string[]): void {
    if (this.#hasSnapshots) return;
    for (const sessionId of sessionIds) {
      const player = this.#expected.get(sessionId);
      if (player !== undefined) this.#add(player, false);
    }
  }

  /** From presences; also those of matched players who never came. */
  removeLeft(sessionIds: readonly string[]): void {
    for (const sessionId of sessionIds) {
      this.#expected.delete(sessionId);
      if (!this.#inSnapshot.has(sessionId)) this.#remove(sessionId);
    }
  }

  #add(listed: ListedPlayer, announced: boolean): void {
    const { sessionId, userId, username, peerId, spectator } = listed;
    const player = {
      sessionId,
      userId,
      username,
      peerId,
      spectator,
      announced,
      status: 'connecting',
    } as const;
    this.#expected.delete(sessionId);
    this.#players.set(sessionId, player);
    this.#events.onJoined(player);
  }

  #remove(sessionId: string): void {
    const player = this.#players.get(sessionId);
    this.#players.delete(sessionId);
    this.#inSnapshot.delete(sessionId);
    if (player !== undefined) this.#events.onLeft(player);
  }
}
