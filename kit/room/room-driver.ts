import type { Content, Dialect, Utterance } from '../../src/protocol/dialects/dialect.ts';
import type { PeerMethod } from '../../src/protocol/peer-method.ts';
import type { Refusal } from '../../src/protocol/refusal.ts';
import { apply } from '../../src/room/apply.ts';
import type { Asker } from '../../src/room/asker.ts';
import type { Command } from '../../src/room/commands.ts';
import type { RoomEvent } from '../../src/room/events.ts';
import { hasLostHost } from '../../src/room/host.ts';
import type { PasswordCheck } from '../../src/room/password.ts';
import { NO_PROFILE, type Profile } from '../../src/room/profile.ts';
import type { Language, Room, Rules } from '../../src/room/room.ts';
import type { Seat, Session } from '../../src/room/seat.ts';
import { seatOf } from '../../src/room/seats.ts';
import type { KeptCheckpoint, RoomState, Snapshot, Step, ToOne } from '../../src/room/step.ts';
import { type Foundation, roomOn } from '../../src/room/terms.ts';
import { type Message, NO_TRAFFIC, type Traffic } from '../../src/room/traffic.ts';
import { asStored } from './as-stored.ts';
import { person, RULES, SIGN } from './foundings.ts';
import { lineOf } from './line-of.ts';

interface Options {
  readonly rules?: Partial<Rules>;
  readonly version?: string | null;
  /** Null as in rooms whose clients have not spoken yet. */
  readonly language?: Language | null;
  readonly profile?: Partial<Profile>;
  readonly seed?: number;
}

export function roomDriver(founding: Foundation, options: Options = {}): RoomDriver {
  return new RoomDriver(founding, options);
}

/** Takes a room from event to event as Nakama does: between any two its state is stored. */
export class RoomDriver {
  tick = 0;
  /** Sessions that announce themselves when they join. */
  readonly announced = new Set<string>();
  /** What comes of the password that whoever joins next names. */
  password: PasswordCheck = 'none';
  /** What the last event gave, and all events together. */
  out: readonly ToOne[] = [];
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
    const { minPlayers, maxPlayers, onHostLeft } = all;
    const terms = {
      ...{ minPlayers, maxPlayers, version, language, founding, onHostLeft },
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
    this.out = step.out.filter((out): out is ToOne => 'to' in out && out.type !== 'snapshot');
    this.kept.push(...step.out.filter((out) => out.type === 'keep-checkpoint'));
    this.snapshots.push(...step.out.filter((out) => out.type === 'snapshot'));
    this.sent.push(...this.out);
    return step;
  }

  private nothing(): this {
    this.changed = false;
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

  attempt(who: string | Session, ...versions: (string | null)[]): Refusal | null {
    const session = typeof who === 'string' ? person(who) : who;
    const announced = this.announced.has(session.sessionId);
    return this.happen({
      type: 'attempted',
      candidate: { ...session, versions, announced, resumption: null, password: this.password },
    }).refusal;
  }

  /** The code with which coming back to a seat is refused, or null: `resume('b2', 'b', 2)` of user `user-b`. */
  resume(sessionId: string, who: string, peerId: number, fresh = false): string | null {
    const session = { ...person(who), sessionId };
    const resumption = { peerId, fresh };
    const candidate = { ...session, versions: [], announced: true, resumption, password: 'none' } as const;
    return this.happen({ type: 'attempted', candidate }).refusal?.code ?? null;
  }

  /** The attempt, the join and the after-join signal of somebody who comes back. */
  comeBack(sessionId: string, who: string, peerId: number, fresh = false): this {
    const refusal = this.resume(sessionId, who, peerId, fresh);
    if (refusal !== null) throw new Error(`${sessionId} is refused: ${refusal}`);
    return this.join(sessionId).hear(sessionId);
  }

  /** The code with which an attempt is refused, or null. */
  refusalOf(who: string | Session, ...versions: (string | null)[]): string | null {
    return this.attempt(who, ...versions)?.code ?? null;
  }

  seat(...who: (string | Session)[]): this {
    for (const one of who) {
      const refusal = this.attempt(one);
      if (refusal !== null) throw new Error(`${JSON.stringify(one)} is refused: ${refusal.sentence}`);
    }
    return this;
  }

  join(...sessionIds: string[]): this {
    this.happen({ type: 'joined', sessionIds });
    return this;
  }

  hear(sessionId: string): this {
    // A stranger would be sent away.
    if (this.member(sessionId) === null) return this.nothing();
    this.happen({ type: 'answered', who: person(sessionId) });
    return this;
  }

  /** Attempt, join and after-join signal, one session after the other. */
  enter(...who: (string | Session)[]): this {
    for (const one of who) {
      const sessionId = typeof one === 'string' ? one : one.sessionId;
      this.seat(one).join(sessionId).hear(sessionId);
    }
    return this;
  }

  leave(...sessionIds: string[]): this {
    this.happen({ type: 'left', sessionIds });
    return this;
  }

  /** Their sockets are lost. */
  disconnect(...sessionIds: string[]): this {
    this.happen({ type: 'disconnected', sessionIds });
    return this;
  }

  /** The match loop, which ends a tick; `tracked` are seen in Nakama's stream. */
  elapse(...tracked: string[]): this {
    this.happen({ type: 'ticked', tracked });
    return this.at(this.tick + 1);
  }

  /** Match loops up to and with the one of that tick, each of which sees `tracked`; `out` is of the last. */
  elapseUntil(tick: number, ...tracked: string[]): this {
    while (this.tick <= tick) this.elapse(...tracked);
    return this;
  }

  /** An offer unless `message` says otherwise. */
  send(from: string, to: string, payload = 'hello', message: Partial<Sent> = {}): this {
    return this.receive({ from, payload, method: { kind: 'description', target: to }, ...message });
  }

  /** What an addon says to the server, or to all. */
  say(from: string, content: Content, dialect: Dialect | null = null): this {
    const opCode = content.type === 'join-error' ? 9003 : 9002;
    return this.receive({ from, opCode, utterance: { content, dialect }, payload: content.type });
  }

  /** The 9002 of an addon's host: `grant('a', { a: 1, b: 2 })`. */
  grant(
    host: string,
    peerIds: Record<string, number>,
    clientVersion = 'dev',
    dialect: Dialect | null = null,
  ): this {
    const players = Object.entries(peerIds).map(([sessionId, peerId]) => ({
      sessionId,
      peerId,
      spectator: false,
    }));
    return this.say(host, { type: 'join-success', clientVersion, players }, dialect);
  }

  /** The 9003 of an addon's host. */
  refuse(host: string, target: string, reason: string, code: number | null = null): this {
    return this.say(host, { type: 'join-error', target, reason, code });
  }

  /** As many messages of a kind, of which the number that was not dropped is given. */
  passing(count: number, from: string, to: string, kind: PeerMethod['kind']): number {
    const before = this.traffic.relayed;
    for (let sent = 0; sent < count; sent++) this.send(from, to, `${sent}`, { method: { kind, target: to } });
    return this.traffic.relayed - before;
  }

  receive({ method = null, ...message }: Partial<Sent> & { readonly from: string }): this {
    const said = method && ({ content: { type: 'peer-method', ...method }, dialect: null } as const);
    const { utterance, ...head } = {
      opCode: 9001,
      bytes: 5,
      utterance: said,
      recipients: null,
      reliable: false,
      payload: '',
      ...message,
    };
    const whole = { ...head, isJson: utterance?.dialect !== 'C', read: () => utterance };
    this.happen({ type: 'messaged', message: whole });
    return this;
  }

  /** The code with which sealing is refused, or null. */
  sealBy(by: Asker, sealed = true): string | null {
    return this.command(by, { name: 'seal', sealed, force: false, term: null });
  }

  /** The code with which a command is refused, or null. */
  command(by: Asker, command: Command): string | null {
    return this.happen({ type: 'commanded', by, command }).refusal?.code ?? null;
  }

  shutDown(): this {
    this.happen({ type: 'shutting-down' });
    return this;
  }
}

/** A message, whose `method` stands for the utterance that most tests are about. */
interface Sent extends Omit<Message, 'read' | 'isJson'> {
  readonly utterance: Utterance | null;
  readonly method: Omit<PeerMethod, 'type'> | null;
}
