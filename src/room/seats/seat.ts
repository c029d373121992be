import type { Capability } from '../../protocol/capability.ts';
import type { Dialect } from '../../protocol/dialects/dialect.ts';
import type { Player } from '../../protocol/player.ts';
import type { Refusal } from '../../protocol/refusal.ts';

/** A socket of Nakama: whose it is, and the node that it is on. */
export interface Session extends Pick<Player, 'sessionId' | 'userId' | 'username'> {
  readonly node: string;
}

/**
 * A user's place in a room. All else in the room refers to it by its id; the wire speaks of the session that sits on
 * it now.
 */
export interface Seat extends Session, Player {
  /** From 1, in the order of the join attempts, and never given again. */
  readonly id: number;
  readonly stage: Stage;
  /** The tick at which the stage began. */
  readonly since: number;
  /** 0 while they have none; in a room that is like a relayed match, only its host has one. */
  readonly peerId: number;
  readonly version: string | null;
  /** Whether the client is told of the room as such, and reports on its links. */
  readonly announced: boolean;
  /** What their client can. */
  readonly can: readonly Capability[];
  /** Whether Nakama was seen to track the session in the match. */
  readonly tracked: boolean;
  /** The tick at which they asked to be let in, which only clients of dialect R do apart from joining. */
  readonly askedAt: number | null;
  /** What they were heard to speak; null until then. */
  readonly dialect: Dialect | null;
  /** What was decided of them, by an adopted room's host or by the room itself, and they were not told yet. */
  readonly verdict: Verdict | null;
  /** Set while they have no session, or one that is on its way in. */
  readonly away: Away | null;
  readonly keeping: Keeping;
  /** One more with each return of a client that had lost its connections. */
  readonly generation: number;
  /** Earlier session ids of this generation: the others may not know the present one yet. */
  readonly formerIds: readonly string[];
}

/** A seat that has outlived its session. */
export interface Away {
  readonly since: number;
  /** The tick at which the seat is given up. */
  readonly until: number;
  /** Under which the others know them meanwhile. */
  readonly sessionId: string;
  readonly generation: number;
  /** Whether the others know: they need not when another socket takes over from one that lives. */
  readonly isKnown: boolean;
  /** Whether whoever is on their way back has none of their connections any more. */
  readonly isFresh: boolean;
  /** Seats that reported a link to them when their session was lost. */
  readonly linkedTo: readonly number[];
}

/** What decides how long the seat is kept when the session is lost. */
export interface Keeping {
  /** Whether there ever was a link to them. */
  readonly linked: boolean;
  /** Whether they said that their page goes away. */
  readonly leaving: boolean;
  /** The tick at which they said that nobody looks at their game; null while somebody does. */
  readonly backgroundSince: number | null;
  /** Whether their seat was kept for that once. */
  readonly backgroundUsed: boolean;
}

/** What an adopted room's host said of somebody: in, with this peer id, or out. */
export type Verdict =
  | { readonly kind: 'granted'; readonly peerId: number; readonly spectator: boolean }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export type Stage =
  /** Their join attempt was accepted. */
  | 'reserved'
  /** Nakama reported the join; its reply may still be on its way. */
  | 'joined'
  /** They have the reply, and Nakama has yet to report the join. */
  | 'answered'
  /** In the room for sure: joined and answered. Only from here on is anything sent to them. */
  | 'confirmed'
  /** They were told who is here, and the others of them: messages reach them. */
  | 'introduced'
  /** They were introduced once, their session is lost, and the seat is kept. */
  | 'away';

export type SeatEvent =
  | 'attempted'
  | 'joined'
  | 'answered'
  | 'introduced'
  | 'withdrawn'
  /** Their session is lost, and the seat kept. */
  | 'disconnected'
  /** The join attempt of another session of the same user was accepted, which comes back to the seat. */
  | 'resumed';

/**
 * What moves a seat from one stage to the next; everything else leaves it where it is. Whoever leaves is gone from
 * any stage, and the seat with them. Whoever asks again before Nakama reported their join begins anew, and so does
 * whoever comes back. An introduction is withdrawn where a room was like a relayed match, and its host turns out to be
 * an addon's, who decides who is in.
 */
export const STAGES: { readonly [stage in Stage]: { readonly [event in SeatEvent]?: Stage } } = {
  reserved: {
    attempted: 'reserved',
    joined: 'joined',
    answered: 'answered',
    disconnected: 'away',
    resumed: 'reserved',
  },
  joined: { answered: 'confirmed', disconnected: 'away', resumed: 'reserved' },
  answered: { attempted: 'reserved', joined: 'confirmed', disconnected: 'away', resumed: 'reserved' },
  confirmed: { introduced: 'introduced', disconnected: 'away', resumed: 'reserved' },
  introduced: { withdrawn: 'confirmed', disconnected: 'away', resumed: 'reserved' },
  away: { resumed: 'reserved' },
};

/** The seat after the event, or null when it stays where it is. */
export function moved(seat: Seat, event: SeatEvent, tick: number): Seat | null {
  const stage = STAGES[seat.stage][event];
  return stage === undefined ? null : { ...seat, stage, since: tick };
}

export function isConfirmed({ stage }: Seat): boolean {
  return stage === 'confirmed' || stage === 'introduced';
}

export function isIntroduced({ stage }: Seat): boolean {
  return stage === 'introduced';
}

/** Whether Nakama has reported the join. */
export function hasJoined({ stage }: Seat): boolean {
  return stage === 'joined' || stage === 'confirmed' || stage === 'introduced';
}

/** Whether they are known to have the reply to their join. */
export function hasReply({ stage }: Seat): boolean {
  return stage === 'answered' || stage === 'confirmed' || stage === 'introduced';
}

/** Whether they were introduced once: the others know them by their peer id. */
export function isPlayer(seat: Seat): boolean {
  return isIntroduced(seat) || seat.away !== null;
}

/** Whether they are known to have no session. */
export function isAway({ away }: Seat): boolean {
  return away?.isKnown === true;
}

/** Nothing more is to be learned of them from Nakama's stream. */
export function isSettled(seat: Seat): boolean {
  return seat.stage === 'away' || (hasJoined(seat) && hasReply(seat) && seat.tracked);
}

/** A reserved seat. */
export function newSeat(
  id: number,
  { sessionId, userId, username, node }: Session,
  { version, announced, can }: Pick<Seat, 'version' | 'announced' | 'can'>,
  tick: number,
): Seat {
  return {
    ...{ id, sessionId, userId, username, node, version, announced, can },
    stage: 'reserved',
    since: tick,
    peerId: 0,
    spectator: false,
    tracked: false,
    askedAt: null,
    dialect: null,
    verdict: null,
    away: null,
    keeping: NEVER_LINKED,
    generation: 0,
    formerIds: [],
  };
}

const NEVER_LINKED: Keeping = {
  linked: false,
  leaving: false,
  backgroundSince: null,
  backgroundUsed: false,
};

export function bySessionId(a: { readonly sessionId: string }, b: { readonly sessionId: string }): number {
  return a.sessionId < b.sessionId ? -1 : a.sessionId > b.sessionId ? 1 : 0;
}
