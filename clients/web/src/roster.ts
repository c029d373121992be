import type { Capability } from '../../../src/protocol/capability.ts';
import type { LinkState, Via } from '../../../src/protocol/link-report.ts';
import type { Player as ListedPlayer } from '../../../src/protocol/player.ts';
import { propertyFields } from '../../../src/protocol/properties.ts';
import type { PlayerView, RoomView } from '../../../src/protocol/snapshot.ts';
import type { Properties } from './properties.ts';
import type { LinkStep } from './repair.ts';

/** A player in the match, at one moment: a change makes a new object. `peerId` is theirs for as long as they stay. */
export interface Player extends ListedPlayer {
  /** Whether this player's client announced that it knows this server; addons do not. */
  readonly announced: boolean;
  /** How far the link to this player is, in a star theirs to the host; one's own is `connected`. */
  readonly status: LinkState;
  /** By which way their data goes; null while the link is not up, or its way not known yet. */
  readonly via: Via | null;
  /** What is tried to link them, or by what they are linked. */
  readonly step: LinkStep;
  /** Whether tracks go to them and come from them now: both clients take them, and the link is up and not through the server. */
  readonly media: boolean;
  /** What their client can. */
  readonly can: readonly Capability[];
  /** Whether their socket is lost and their seat is kept: they may come back. Their link may be up all the same. */
  readonly away: boolean;
  /** Seconds, from now on, for which the seat is kept; null while they are here. */
  readonly awaySec: number | null;
  /** One more with each return of theirs that had lost its connections, as after a reload of the page. */
  readonly generation: number;
  /** Whether they have said that they are ready to play; addons cannot. */
  readonly ready: boolean;
  /** What they say of themselves. */
  readonly properties: Properties;
}

/** What a player shows of the link to them. */
export type LinkShown = Pick<Player, 'status' | 'via' | 'step' | 'media'>;

export const CONNECTING: LinkShown = {
  status: 'connecting',
  via: null,
  step: 'direct',
  media: false,
};

export interface RosterEvents {
  onJoined(player: Player): void;
  onLeft(player: Player): void;
  /** Another socket, another generation, or away or back. */
  onChanged(player: Player, before: Player): void;
}

/** A player, with the time in ms until which the seat is kept instead of the seconds that are left. */
interface Entry extends Omit<Player, 'awaySec'> {
  readonly awayUntilMs: number | null;
}

/**
 * Who is in the match, by peer id. In a room the snapshots alone decide; in a relayed match, which has none, it
 * follows from what addons are told.
 */
export class Roster {
  readonly #events: RosterEvents;
  readonly #now: () => number;
  readonly #players = new Map<number, Entry>();
  /** Peer ids by session id: those of now, and earlier ones of the same generation. */
  readonly #peerIds = new Map<string, number>();
  /** Matched players who have not come yet and may still come. */
  readonly #expected: Map<string, ListedPlayer>;

  constructor(matched: readonly ListedPlayer[], events: RosterEvents, now: () => number = Date.now) {
    this.#expected = new Map(matched.map((player) => [player.sessionId, listedOf(player)]));
    this.#events = events;
    this.#now = now;
  }

  /** Sorted by peer id. */
  get players(): readonly Player[] {
    return [...this.#players.values()].sort((a, b) => a.peerId - b.peerId).map(this.#shown);
  }

  /** Whether no matched player is still to come. */
  get isComplete(): boolean {
    return this.#expected.size === 0;
  }

  get(peerId: number): Player | undefined {
    const entry = this.#players.get(peerId);
    return entry && this.#shown(entry);
  }

  /** Whose session this is or, in the same generation, was. */
  of(sessionId: string): Player | undefined {
    return this.get(this.#peerIds.get(sessionId) ?? 0);
  }

  setStatus(peerId: number, shown: LinkShown): Player | undefined {
    const entry = this.#players.get(peerId);
    if (entry !== undefined) this.#players.set(peerId, { ...entry, ...shown });
    return this.get(peerId);
  }

  /** From a snapshot: adds, removes and changes players until they are its own. `first` is told of first. */
  applySnapshot({ players: all }: Pick<RoomView, 'players'>, first: number): void {
    const players = [...all].sort((a, b) => Number(b.peerId === first) - Number(a.peerId === first));
    const listed = new Set(players.map(({ peerId }) => peerId));
    for (const { peerId } of this.players) if (!listed.has(peerId)) this.remove(peerId);
    for (const player of players) {
      const known = this.#players.get(player.peerId);
      if (known === undefined) this.#add(player);
      else this.#update(known, player);
    }
  }

  /** From a 9002, which lists all who are in; the player with the session id `first` is told of first. */
  addListed(all: readonly ListedPlayer[], first: string): void {
    const listed = [...all].sort((a, b) => Number(b.sessionId === first) - Number(a.sessionId === first));
    for (const player of listed) if (!this.#players.has(player.peerId)) this.#add(player);
  }

  /** From presences. Only matched players count: of others the peer ids are not known yet. */
  addMatched(sessionIds: readonly string[]): void {
    for (const sessionId of sessionIds) {
      const player = this.#expected.get(sessionId);
      if (player !== undefined) this.#add(player);
    }
  }

  /** From presences; also those of matched players who never came. */
  removeLeft(sessionIds: readonly string[]): void {
    for (const sessionId of sessionIds) {
      this.#expected.delete(sessionId);
      this.remove(this.of(sessionId)?.peerId ?? 0);
    }
  }

  /** Matched players are expected no longer. */
  expectNot(sessionIds: readonly string[] = [...this.#expected.keys()]): void {
    for (const sessionId of sessionIds) this.#expected.delete(sessionId);
  }

  remove(peerId: number): void {
    const player = this.get(peerId);
    if (player === undefined) return;
    this.#players.delete(peerId);
    this.#forgetSessions(peerId);
    this.#events.onLeft(player);
  }

  #add(listed: ListedPlayer & Partial<PlayerView>): void {
    const entry = { ...this.#entryOf(listed), ...CONNECTING };
    this.#expected.delete(entry.sessionId);
    this.#players.set(entry.peerId, entry);
    this.#peerIds.set(entry.sessionId, entry.peerId);
    this.#events.onJoined(this.#shown(entry));
  }

  #update(known: Entry, listed: PlayerView): void {
    const before = this.#shown(known);
    const { status, via, step, media } = known;
    const entry = { ...this.#entryOf(listed), status, via, step, media };
    if (known.generation !== entry.generation) this.#forgetSessions(entry.peerId);
    this.#players.set(entry.peerId, entry);
    this.#peerIds.set(entry.sessionId, entry.peerId);
    const { sessionId, generation, away } = before;
    const isSame = sessionId === entry.sessionId && generation === entry.generation && away === entry.away;
    if (!isSame) this.#events.onChanged(this.#shown(entry), before);
  }

  #entryOf(listed: ListedPlayer & Partial<PlayerView>): Omit<Entry, keyof LinkShown> {
    const { sessionId, userId, username, peerId, spectator } = listed;
    const { announced = false, can = [], generation = 0, awaySec = null } = listed;
    const { ready = false, properties = [] } = listed;
    const awayUntilMs = awaySec === null ? null : this.#now() + awaySec * 1000;
    const away = awaySec !== null;
    const own = { ready, properties: propertyFields(properties) };
    return {
      sessionId,
      userId,
      username,
      peerId,
      spectator,
      announced,
      can,
      generation,
      away,
      awayUntilMs,
      ...own,
    };
  }

  #forgetSessions(peerId: number): void {
    for (const [sessionId, of] of this.#peerIds) if (of === peerId) this.#peerIds.delete(sessionId);
  }

  readonly #shown = ({ awayUntilMs, ...player }: Entry): Player => ({
    ...player,
    awaySec: awayUntilMs === null ? null : Math.max(0, Math.ceil((awayUntilMs - this.#now()) / 1000)),
  });
}

/** What a list says of anybody: all else begins with the match. */
function listedOf({ sessionId, userId, username, peerId, spectator }: ListedPlayer): ListedPlayer {
  return { sessionId, userId, username, peerId, spectator };
}
