import { CAPABILITIES, type Capability } from '../../src/protocol/capability.ts';
import { apply } from '../../src/room/apply.ts';
import type { PasswordCheck } from '../../src/room/door/password.ts';
import type { RoomEvent } from '../../src/room/events.ts';
import { hasLostHost } from '../../src/room/host/host.ts';
import { NO_TRAFFIC, type Traffic } from '../../src/room/messages/traffic.ts';
import { NO_PROFILE, type Profile } from '../../src/room/profile.ts';
import type { Language, Room, Rules } from '../../src/room/room.ts';
import type { Seat } from '../../src/room/seats/seat.ts';
import { seatOf } from '../../src/room/seats/seats.ts';
import type { KeptCheckpoint, Out, RoomState, Snapshot, Step, ToOne } from '../../src/room/step.ts';
import { type Foundation, roomOn } from '../../src/room/terms.ts';
import { asStored } from './as-stored.ts';
import { RULES, SIGN } from './foundings.ts';
import { lineOf } from './line-of.ts';

export interface Options {
  readonly rules?: Partial<Rules>;
  readonly version?: string | null;
  /** Null as in rooms whose clients have not spoken yet. */
  readonly language?: Language | null;
  readonly profile?: Partial<Profile>;
  readonly seed?: number;
}

/** A room between events, as Nakama keeps it: between any two its state is stored. */
export class StoredRoom {
  tick = 0;
  /** Sessions that announce themselves when they join. */
  readonly announced = new Set<string>();
  /** What the clients can that announce themselves from now on. */
  can: readonly Capability[] = CAPABILITIES;
  /** What comes of the password that whoever joins next names. */
  password: PasswordCheck = 'none';
  /** What the last event gave, and all events together. */
  out: readonly ToOne[] = [];
  /** The same with snapshots, and with what is kept. */
  all: readonly Out[] = [];
  readonly sent: ToOne[] = [];
  /** The snapshots that all events gave, which are no part of `out`. */
  readonly snapshots: Snapshot[] = [];
  /** The checkpoints that were to be kept. */
  readonly kept: KeptCheckpoint[] = [];
  /** Whether the last event gave another room object. */
  changed = false;
  /** As the next event will find it. */
  private state: RoomState;
  private seed: number;

  constructor(founding: Foundation, { rules, version = null, language = 'A', profile, seed = 1 }: Options) {
    this.seed = seed;
    const all = { ...RULES, ...rules };
    const { minPlayers, maxPlayers, onHostLeft, topology } = all;
    const terms = {
      ...{ minPlayers, maxPlayers, version, language, founding, onHostLeft, topology },
      profile: { ...NO_PROFILE, ...profile },
    };
    const room = roomOn(terms, all, SIGN);
    this.state = asStored({ room, traffic: NO_TRAFFIC }, this.seed++);
  }

  /** Something happens to the room. */
  happen(event: RoomEvent): Step {
    const { room, traffic } = this.state;
    const step = apply({ room, traffic }, event, this.tick);
    this.changed = step.room !== room;
    this.state = asStored({ room: step.room, traffic: step.traffic }, this.seed++);
    this.all = step.out;
    this.out = step.out.filter((out): out is ToOne => 'to' in out && out.type !== 'snapshot');
    this.kept.push(...step.out.filter((out) => out.type === 'keep-checkpoint'));
    this.snapshots.push(...step.out.filter((out) => out.type === 'snapshot'));
    this.sent.push(...this.out);
    return step;
  }

  protected nothing(): this {
    this.changed = false;
    this.all = [];
    this.out = [];
    return this;
  }

  /** The room is another, as no event makes it. */
  alter(change: (room: Room) => Room): this {
    this.state = asStored({ room: change(this.room), traffic: this.traffic }, this.seed++);
    return this;
  }

  get room(): Room {
    return this.state.room;
  }

  get traffic(): Traffic {
    return this.state.traffic;
  }

  member(sessionId: string): Seat | null {
    return seatOf(this.room, sessionId);
  }

  /** Whether the host has left, and the room is closed with them. */
  get hostLeft(): boolean {
    return hasLostHost(this.room);
  }

  /** Peer ids by session id, of the introduced. */
  get peerIds(): Record<string, number> {
    const players = this.room.seats.filter(({ peerId }) => peerId !== 0);
    return Object.fromEntries(players.map(({ sessionId, peerId }) => [sessionId, peerId]));
  }

  /** What the last event gave, one line each: `9002 to b: b2 a1`, `a → b: hello`, `kick c`. */
  get told(): string[] {
    return this.out.map(lineOf);
  }

  at(tick: number): this {
    this.tick = tick;
    return this;
  }
}
