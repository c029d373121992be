import type { Dialect } from '../protocol/dialects/dialect.ts';
import type { Player } from '../protocol/player.ts';
import type { Refusal } from '../protocol/refusal.ts';

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
  /** Whether Nakama was seen to track the session in the match. */
  readonly tracked: boolean;
  /** The tick at which they asked to be let in, which only clients of dialect R do apart from joining. */
  readonly askedAt: number | null;
  /** What they were heard to speak; null until then. */
  readonly dialect: Dialect | null;
  /** What an adopted room's host said of them, and they were not told yet. */
  readonly verdict: Verdict | null;
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
  | 'introduced';

export type SeatEvent = 'attempted' | 'joined' | 'answered' | 'introduced' | 'withdrawn';

/**
 * What moves a seat from one stage to the next; everything else leaves it where it is. Whoever leaves is gone from
 * any stage, and the seat with them. Whoever asks again before Nakama reported their join begins anew. An introduction is withdrawn where a room was like a relayed match, and its
 * host turns out to be an addon's, who decides who is in.
 */
export const STAGES: { readonly [stage in Stage]: { readonly [event in SeatEvent]?: Stage } } = {
  reserved: { attempted: 'reserved', joined: 'joined', answered: 'answered' },
  joined: { answered: 'confirmed' },
  answered: { attempted: 'reserved', joined: 'confirmed' },
  confirmed: { introduced: 'introduced' },
  introduced: { withdrawn: 'confirmed' },
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
  return stage !== 'reserved' && stage !== 'answered';
}

/** Whether they are known to have the reply to their join. */
export function hasReply({ stage }: Seat): boolean {
  return stage !== 'reserved' && stage !== 'joined';
}

/** Nothing more is to be learned of them from Nakama's stream. */
export function isSettled(seat: Seat): boolean {
  return hasJoined(seat) && hasReply(seat) && seat.tracked;
}

/** A reserved seat. */
export function newSeat(
  id: number,
  { sessionId, userId, username, node }: Session,
  { version, announced }: Pick<Seat, 'version' | 'announced'>,
  tick: number,
): Seat {
  return {
    ...{ id, sessionId, userId, username, node, version, announced },
    stage: 'reserved',
    since: tick,
    peerId: 0,
    spectator: false,
    tracked: false,
    askedAt: null,
    dialect: null,
    verdict: null,
  };
}

export function bySessionId(a: { readonly sessionId: string }, b: { readonly sessionId: string }): number {
  return a.sessionId < b.sessionId ? -1 : a.sessionId > b.sessionId ? 1 : 0;
}
