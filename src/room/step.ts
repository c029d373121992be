import type { Dialect } from '../protocol/dialects/dialect.ts';
import type { Refusal, RefusalCode } from '../protocol/refusal.ts';
import type { RoomView } from '../protocol/snapshot.ts';
import type { Identity } from './founding.ts';
import type { DropReason, Traffic } from './messages/traffic.ts';
import type { Room } from './room.ts';
import type { Seat, Session } from './seats/seat.ts';

/** A room, and apart from it what changes with every message. */
export interface RoomState {
  readonly room: Room;
  readonly traffic: Traffic;
}

/** What an event gives: the room after it, what is to be sent, in order, and the answer where somebody waits for one. */
export interface Step extends RoomState, Change {
  /** Why a join attempt or a command was refused. */
  readonly refusal: Refusal | null;
  /** Why a message led to nothing. */
  readonly dropped: DropReason | null;
}

/** The part of a step that most transitions have to do with. */
export interface Change {
  readonly room: Room;
  readonly out: readonly Out[];
}

/** What a join attempt gives: the room after it, and why not where it was refused. */
export interface Attempted extends Change {
  readonly refusal: Refusal | null;
}

/** One thing to send, or to do. */
export type Out = ToOne | Snapshot | KeptCheckpoint | KeptPassword;

/** The game's state, to be kept beside the room; null to keep what is there. */
export interface KeptCheckpoint {
  readonly type: 'keep-checkpoint';
  readonly payload: string | null;
}

/** What the password is checked with is to be kept beside the room for longer. */
export interface KeptPassword {
  readonly type: 'keep-password';
}

/** The room, to many at once; to newcomers, their first one comes with their ICE servers. */
export interface Snapshot {
  readonly type: 'snapshot';
  readonly to: readonly Session[];
  readonly newcomers: readonly Session[];
  readonly view: RoomView;
}

/** One thing for one session. */
export type ToOne =
  | {
      readonly type: 'join-success';
      readonly to: Session;
      readonly dialect: Dialect;
      readonly players: readonly Seat[];
      readonly clientVersion: string;
    }
  | {
      readonly type: 'join-error';
      readonly to: Session;
      readonly dialect: Dialect;
      readonly code: RefusalCode;
      readonly reason: string;
    }
  | {
      readonly type: 'data';
      readonly to: Session;
      readonly from: Session;
      readonly opCode: number;
      readonly reliable: boolean;
      readonly payload: string;
    }
  | {
      readonly type: 'presences';
      readonly to: Session;
      readonly joins: readonly Identity[];
      readonly leaves: readonly Identity[];
    }
  /** What `keep-checkpoint` kept last. */
  | {
      readonly type: 'checkpoint';
      readonly to: Session;
      readonly term: number;
      readonly sequence: number;
    }
  /** Whether their game goes on. */
  | { readonly type: 'host-check'; readonly to: Session }
  /** With their frames through the server. */
  | { readonly type: 'slow-down'; readonly to: Session; readonly ms: number }
  | { readonly type: 'kick'; readonly to: Session };

/** What a command gives: the room after it, or why not. */
export type Outcome =
  | { readonly room: Room; readonly out?: readonly Out[]; readonly refusal: null }
  | { readonly room: null; readonly refusal: Refusal };

/** Nothing to send. */
export function quiet(room: Room): Change {
  return { room, out: [] };
}

/** One change after the other. */
export function then(before: Change, next: (room: Room) => Change): Change {
  const after = next(before.room);
  return { room: after.room, out: before.out.length === 0 ? after.out : [...before.out, ...after.out] };
}
