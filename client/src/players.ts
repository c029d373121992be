import type { Player as Entry } from '../../src/protocol/join.ts';
import type { LinkState, RoomView } from '../../src/protocol/room-view.ts';

/** A player in the match, at one moment: a change makes a new object. */
export interface Player extends Entry {
  /** Whether this player's client is of this library's kind, as far as the server tells. */
  readonly announced: boolean;
  /** How far the link to this player is; one's own is `connected`. */
  readonly status: LinkState;
}

export interface RosterEvents {
  onJoined(player: Player): void;
  onLeft(player: Player): void;
}

/**
 * Who is in the match. The server's snapshots of the room say it as soon as the first comes; until then, and on
 * servers without them, it follows from what addon clients are told.
 */
export class Roster {
  readonly #events: RosterEvents;
  readonly #players = new Map<string, Player>();
  /** Those that a snapshot has listed. */
  readonly #confirmed = new Set<string>();
  /** Whom the matchmaker put into this match and who has not come, nor been given up. */
  readonly #expected: Map<string, Entry>;
  #hasSnapshots = false;

  constructor(expected: readonly Entry[], events: RosterEvents) {
    this.#expected = new Map(expected.map((entry) => [entry.sessionId, entry]));
    this.#events = events;
  }

  /** Sorted by peer id. */
  get players(): readonly Player[] {
    return [...this.#players.values()].sort((a, b) => a.peerId - b.peerId);
  }

  get hasSnapshots(): boolean {
    return this.#hasSnapshots;
  }

  /** Whether nobody whom the matchmaker chose is still to come. */
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

  /** A snapshot: these are in, and nobody else but those of whom the server has yet to hear. */
  onRoom({ players }: RoomView): void {
    this.#hasSnapshots = true;
    const listed = new Map(players.map((entry) => [entry.sessionId, entry]));
    for (const { sessionId, peerId } of this.players) {
      const entry = listed.get(sessionId);
      const isGone = entry === undefined ? this.#confirmed.has(sessionId) : entry.peerId !== peerId;
      if (isGone) this.#remove(sessionId);
    }
    for (const entry of players) {
      this.#confirmed.add(entry.sessionId);
      const known = this.#players.get(entry.sessionId);
      if (known === undefined) this.#add(entry, entry.announced);
      else if (known.announced !== entry.announced)
        this.#players.set(entry.sessionId, { ...known, announced: entry.announced });
    }
  }

  /** A 9002. */
  onListed(entries: readonly Entry[]): void {
    if (this.#hasSnapshots) return;
    for (const entry of entries) if (!this.#players.has(entry.sessionId)) this.#add(entry, false);
  }

  /** Presences: of matched players, whose peer ids are known already. */
  onArrived(sessionIds: readonly string[]): void {
    if (this.#hasSnapshots) return;
    for (const sessionId of sessionIds) {
      const entry = this.#expected.get(sessionId);
      if (entry !== undefined) this.#add(entry, false);
    }
  }

  /** Presences: also of those who never came. */
  onGone(sessionIds: readonly string[]): void {
    for (const sessionId of sessionIds) {
      this.#expected.delete(sessionId);
      if (!this.#confirmed.has(sessionId)) this.#remove(sessionId);
    }
  }

  #add(entry: Entry, announced: boolean): void {
    const { sessionId, userId, username, peerId, spectator } = entry;
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
    this.#confirmed.delete(sessionId);
    if (player !== undefined) this.#events.onLeft(player);
  }
}
