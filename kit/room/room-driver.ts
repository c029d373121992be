import type { Content, Dialect, Utterance } from '../../src/protocol/dialects/dialect.ts';
import type { PeerMethod } from '../../src/protocol/peer-method.ts';
import type { Refusal } from '../../src/protocol/refusal.ts';
import { admit } from '../../src/room/admission.ts';
import { createAdoptedRoom } from '../../src/room/adopted.ts';
import { elapse } from '../../src/room/clock.ts';
import { hear, join, leave } from '../../src/room/presence.ts';
import { memberOf } from '../../src/room/queries.ts';
import { receive } from '../../src/room/receive.ts';
import {
  createRoom,
  type Founding,
  type Language,
  type Member,
  type Out,
  type Recipient,
  type Room,
  type Rules,
} from '../../src/room/room.ts';
import { type Asker, seal, sealForShutdown } from '../../src/room/seal.ts';
import { type Message, NO_TRAFFIC, type Traffic } from '../../src/room/traffic.ts';
import { asStored } from './as-stored.ts';
import { person, RULES } from './foundings.ts';
import { lineOf } from './line-of.ts';

interface Options {
  readonly rules?: Partial<Rules>;
  readonly version?: string | null;
  /** Null as in rooms whose clients have not spoken yet. */
  readonly language?: Language | null;
  readonly seed?: number;
}

export function roomDriver(founding: Founding, options: Options = {}): RoomDriver {
  return new RoomDriver(founding, options);
}

/** Takes a room from event to event as Nakama does: between any two its state is stored. */
export class RoomDriver {
  tick = 0;
  /** Sessions that announce themselves when they join. */
  readonly announced = new Set<string>();
  /** What the last event gave, and all events together. */
  out: readonly Out[] = [];
  readonly sent: Out[] = [];
  /** Whether the last event gave another room object. */
  changed = false;
  /** As the next event will find it. */
  private state: { readonly room: Room; readonly traffic: Traffic };
  private seed: number;

  constructor(founding: Founding, { rules, version = null, language = 'A', seed = 1 }: Options) {
    this.seed = seed;
    const all = { ...RULES, ...rules };
    const room =
      founding.kind === 'adopted'
        ? createAdoptedRoom(all, person(founding.hostSessionId))
        : createRoom(all, founding, version, language);
    this.state = asStored({ room, traffic: NO_TRAFFIC }, this.seed++);
  }

  /** Any transition. */
  apply(
    transition: (room: Room, traffic: Traffic) => { room: Room; out?: readonly Out[]; traffic?: Traffic },
  ): this {
    const { room, traffic } = this.state;
    const step = transition(room, traffic);
    this.changed = step.room !== room;
    this.state = asStored({ room: step.room, traffic: step.traffic ?? traffic }, this.seed++);
    this.out = step.out ?? [];
    this.sent.push(...this.out);
    return this;
  }

  get room(): Room {
    return this.state.room;
  }

  get traffic(): Traffic {
    return this.state.traffic;
  }

  member(sessionId: string): Member | null {
    return memberOf(this.room, sessionId);
  }

  /** Peer ids by session id, of the introduced. */
  get peerIds(): Record<string, number> {
    const players = this.room.members.filter(({ peerId }) => peerId !== 0);
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

  attempt(who: string | Recipient, ...versions: (string | null)[]): Refusal | null {
    const recipient = typeof who === 'string' ? person(who) : who;
    let refusal: Refusal | null = null;
    this.apply((room) => {
      const answer = admit(
        room,
        { ...recipient, versions, announced: this.announced.has(recipient.sessionId) },
        this.tick,
      );
      refusal = answer.refusal;
      return answer;
    });
    return refusal;
  }

  /** The code with which an attempt is refused, or null. */
  refusalOf(who: string | Recipient, ...versions: (string | null)[]): string | null {
    return this.attempt(who, ...versions)?.code ?? null;
  }

  seat(...who: (string | Recipient)[]): this {
    for (const one of who) {
      const refusal = this.attempt(one);
      if (refusal !== null) throw new Error(`${JSON.stringify(one)} is refused: ${refusal.sentence}`);
    }
    return this;
  }

  join(...sessionIds: string[]): this {
    return this.apply((room) => join(room, sessionIds, this.tick));
  }

  hear(sessionId: string): this {
    return this.apply((room) => hear(room, sessionId, this.tick));
  }

  /** Attempt, join and after-join signal, one session after the other. */
  enter(...who: (string | Recipient)[]): this {
    for (const one of who) {
      const sessionId = typeof one === 'string' ? one : one.sessionId;
      this.seat(one).join(sessionId).hear(sessionId);
    }
    return this;
  }

  leave(...sessionIds: string[]): this {
    return this.apply((room) => leave(room, sessionIds, this.tick));
  }

  /** The match loop, which ends a tick; `tracked` are seen in Nakama's stream. */
  elapse(...tracked: string[]): this {
    this.apply((room) => elapse(room, tracked, this.tick));
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
      payload: '',
      ...message,
    };
    const whole = { ...head, isJson: utterance?.dialect !== 'C', read: () => utterance };
    return this.apply((room, traffic) => receive(room, traffic, whole, this.tick));
  }

  /** The code with which sealing is refused, or null. */
  sealBy(by: Asker, sealed = true): string | null {
    let code: string | null = null;
    this.apply((room) => {
      const answer = seal(room, by, { sealed, force: false });
      code = answer.refusal?.code ?? null;
      return answer;
    });
    return code;
  }

  shutDown(): this {
    return this.apply((room) => ({ room: sealForShutdown(room) }));
  }
}

/** A message, whose `method` stands for the utterance that most tests are about. */
interface Sent extends Omit<Message, 'read' | 'isJson'> {
  readonly utterance: Utterance | null;
  readonly method: Omit<PeerMethod, 'type'> | null;
}
