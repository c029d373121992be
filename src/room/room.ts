import type { Dialect } from '../protocol/dialects/dialect.ts';
import type { ListedPlayer } from '../protocol/join-success.ts';
import type { Player } from '../protocol/player.ts';
import type { Refusal, RefusalCode } from '../protocol/refusal.ts';

/** One game's gathering, as plain data: a room is what is left of its events, in their order. */
export interface Room {
  readonly rules: Rules;
  readonly founding: Founding;
  /** What the clients speak; null where nobody who decides has said it yet: see language.ts. */
  readonly language: Language | null;
  /** What every member must play; null until it is known. */
  readonly version: string | null;
  readonly sealedBy: 'host' | 'shutdown' | null;
  readonly hostLeft: boolean;
  /** Session ids of those who may not know that the host left: the next tick tells whoever is still here. */
  readonly unsureOfHost: readonly string[];
  /** In the order of their join attempts. */
  readonly members: readonly Member[];
  /** The peer id that was given last; ids are never given twice. */
  readonly lastPeerId: number;
  /** Whether anybody was ever confirmed. */
  readonly entered: boolean;
  /** The tick at which members were last told who is here. */
  readonly introducedAt: number;
  /** The tick at which the room was made, or the last one left it. */
  readonly emptySince: number;
  /** Messages that wait for their sender or their target to be introduced. */
  readonly held: Held;
  /** What members who can say so say of their links. */
  readonly links: readonly LinkReports[];
  /** When the players who announced themselves are to be told what is new of links. */
  readonly untold: News;
  /** The tick at which they were last told so at once. */
  readonly toldAt: number;
}

/** "plain" is none of the addon's dialects: a game of another kind, whose data is passed on as Nakama would. */
export type Language = Dialect | 'plain';

/** What a room was made with; times in ticks. */
export interface Rules {
  readonly minPlayers: number;
  readonly maxPlayers: number;
  readonly versionPolicy: 'known' | 'required';
  readonly defaultVersion: string;
  readonly seatTicks: number;
  readonly creatorTicks: number;
  readonly emptyTicks: number;
  readonly unjoinedTicks: number;
  readonly noShowTicks: number;
  readonly linkTicks: number;
  readonly maxMessageBytes: number;
  readonly descriptionBurst: number;
  readonly candidateBurst: number;
  readonly refillTicks: number;
  readonly heldMessages: number;
}

/** How a room came to be, which decides who may come in and how peer ids are given. */
export type Founding =
  /** By the matchmaker: only the invited come in; peer ids were fixed with the invitations. */
  | {
      readonly kind: 'matched';
      readonly invitations: readonly Invitation[];
      /** The invited who will not play: they never came in time, or have left. */
      readonly absent: readonly Identity[];
    }
  /** By a player: he is peer 1, whoever comes before him waits; the others follow in join order. */
  | { readonly kind: 'created'; readonly creator: Creator }
  /**
   * By an addon's `create_match`: its host, peer 1, gives out the peer ids himself, or refuses. He is in the
   * match's stream, but Nakama does not count him among its presences.
   */
  | {
      readonly kind: 'adopted';
      readonly hostSessionId: string;
      readonly granted: readonly ListedPlayer[];
      readonly refused: readonly HostRefusal[];
    }
  /** By nobody who plays: once min_players are there, the lowest session id becomes peer 1. */
  | { readonly kind: 'elected' };

/** A session and whose it is. */
export type Identity = Pick<Player, 'sessionId' | 'userId' | 'username'>;

export interface Invitation extends Identity {
  readonly peerId: number;
  readonly version: string | null;
}

export interface HostRefusal extends Refusal {
  readonly sessionId: string;
}

/** Known by session when he made the room over a socket, else by user. */
export interface Creator {
  readonly userId: string;
  readonly sessionId: string | null;
}

export interface Member extends Player {
  /** Name of the Nakama node that his socket is on. */
  readonly node: string;
  readonly version: string | null;
  /** 0 while he has none; in a plain room he never has. */
  readonly peerId: number;
  /** Whether he was told who is here, and the others of him: only then do messages reach him. */
  readonly introduced: boolean;
  /** Whether he is told of the room as such, and reports on his links. */
  readonly announced: boolean;
  /** Whether they asked to be let in, which only clients of dialect R do apart from joining. */
  readonly asked: boolean;
  /** What they were heard to speak; null until then. */
  readonly dialect: Dialect | null;
  /** Whether Nakama reported the join; until then he only has a reserved seat. */
  readonly joined: boolean;
  /** Whether he is known to have the reply to his join. */
  readonly heard: boolean;
  /** Whether Nakama was seen to track him in the match. */
  readonly tracked: boolean;
  /** The tick of his join attempt, then of his join, of his request to be let in, of his introduction. */
  readonly since: number;
}

/**
 * What one member said last of the links to others, by session id; a link in neither list is connecting. Lists,
 * and not a record for each link: a room of 16 has 240 of these, and every field of a stored record costs to read.
 */
export interface LinkReports {
  readonly from: string;
  readonly connected: readonly string[];
  readonly failed: readonly string[];
}

export type News = 'now' | 'later' | 'none';

/** In a queue for each target, so that one more message does not touch all the others. */
export interface Held {
  readonly queues: readonly Queue[];
  /** How much waits of each sender who has something waiting. */
  readonly shares: readonly Share[];
}

/** What waits for one member, oldest first. */
export interface Queue {
  readonly to: string;
  readonly messages: readonly HeldMessage[];
}

export interface HeldMessage {
  readonly from: string;
  readonly opCode: number;
  readonly payload: string;
}

export interface Share {
  readonly from: string;
  readonly bytes: number;
}

export const NOTHING_HELD: Held = { queues: [], shares: [] };

/** Whom Nakama can reach: a session, and the node that its socket is on. */
export type Recipient = Identity & Pick<Member, 'node'>;

/** One thing to send, or to do, to one session. */
export type Out =
  | {
      readonly type: 'join-success';
      readonly to: Recipient;
      readonly dialect: Dialect;
      readonly players: readonly Member[];
      readonly clientVersion: string;
    }
  | {
      readonly type: 'join-error';
      readonly to: Recipient;
      readonly dialect: Dialect;
      readonly code: RefusalCode;
      readonly reason: string;
    }
  | {
      readonly type: 'data';
      readonly to: Recipient;
      readonly from: Member;
      readonly opCode: number;
      readonly payload: string;
    }
  | {
      readonly type: 'presences';
      readonly to: Recipient;
      readonly joins: readonly Identity[];
      readonly leaves: readonly Identity[];
    }
  | { readonly type: 'kick'; readonly to: Recipient };

/** What a transition gives: the room after it, and what is to be sent, in order. */
export interface Step {
  readonly room: Room;
  readonly out: readonly Out[];
}

export function createRoom(
  rules: Rules,
  founding: Founding,
  version: string | null,
  language: Language | null,
): Room {
  return {
    rules,
    founding,
    language,
    version,
    sealedBy: null,
    hostLeft: false,
    unsureOfHost: [],
    members: [],
    lastPeerId: founding.kind === 'matched' ? founding.invitations.length : 0,
    entered: false,
    introducedAt: 0,
    emptySince: 0,
    held: NOTHING_HELD,
    links: [],
    untold: 'none',
    toldAt: -1,
  };
}

/** Invitations for those whom the matchmaker put together; as the addon does, peer ids follow the sorted session ids. */
export function invitationsFor(matched: readonly Omit<Invitation, 'peerId'>[]): Invitation[] {
  return [...matched].sort(bySessionId).map((who, index) => ({ ...who, peerId: index + 1 }));
}

export function bySessionId(a: { readonly sessionId: string }, b: { readonly sessionId: string }): number {
  return a.sessionId < b.sessionId ? -1 : a.sessionId > b.sessionId ? 1 : 0;
}

/** Records are told apart by session id only: Nakama hands out a new object for the same record each time. */
export function without<T extends { readonly sessionId: string }>(
  records: readonly T[],
  gone: readonly { readonly sessionId: string }[],
): T[] {
  return records.filter(({ sessionId }) => !gone.some((one) => one.sessionId === sessionId));
}
