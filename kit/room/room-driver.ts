import type { Content, Dialect, Utterance } from '../../src/protocol/dialects/dialect.ts';
import type { LinkReported, LinkState } from '../../src/protocol/link-report.ts';
import type { PeerMethod } from '../../src/protocol/peer-method.ts';
import type { Refusal } from '../../src/protocol/refusal.ts';
import type { Status } from '../../src/protocol/status.ts';
import type { Asker } from '../../src/room/host/asker.ts';
import type { Command } from '../../src/room/host/commands.ts';
import type { Message } from '../../src/room/messages/traffic.ts';
import type { Session } from '../../src/room/seats/seat.ts';
import type { Foundation } from '../../src/room/terms.ts';
import { person } from './foundings.ts';
import { type Options, StoredRoom } from './stored-room.ts';

export function roomDriver(founding: Foundation, options: Options = {}): RoomDriver {
  return new RoomDriver(founding, options);
}

/** What happens to a room, in a test's words. */
export class RoomDriver extends StoredRoom {
  attempt(who: string | Session, ...versions: (string | null)[]): Refusal | null {
    const session = typeof who === 'string' ? person(who) : who;
    const announced = this.announced.has(session.sessionId.split('.')[0] ?? '');
    return this.happen({
      type: 'attempted',
      candidate: {
        ...{ ...session, versions, announced, resumption: null, password: this.password },
        can: announced ? this.can : [],
      },
    }).refusal;
  }

  /** The code with which coming back to a seat is refused, or null: `resume('b2', 'b', 2)` of user `user-b`. */
  resume(sessionId: string, who: string, peerId: number, fresh = false): string | null {
    const session = { ...person(who), sessionId };
    const resumption = { peerId, fresh };
    const { can } = this;
    const candidate = {
      ...session,
      versions: [],
      announced: true,
      can,
      resumption,
      password: 'none',
    } as const;
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

  /** How many sockets each of them has lost. */
  private readonly lost = new Map<string, number>();

  /** Of somebody as they are now: `b`, and `b.1` when they have lost that socket. */
  sessionOf(who: string): string {
    const lost = this.lost.get(who) ?? 0;
    return lost === 0 ? who : `${who}.${lost}`;
  }

  /** Somebody opens another socket, whether or not the one they had is known to be dead. */
  reconnect(who: string): string {
    this.lost.set(who, (this.lost.get(who) ?? 0) + 1);
    return this.sessionOf(who);
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

  /** A 9012 of an announced player. */
  status(from: string, said: Partial<Status>): this {
    const nothing = { background: null, leaving: null, ready: null, properties: null };
    const content = { type: 'status-reported', ...nothing, ...said } as const;
    return this.receive({ from, opCode: 9012, utterance: { content, dialect: null } });
  }

  /** A 9011 of an announced player. */
  report(from: string, peer: string, state: LinkState, more: Partial<LinkReported> = {}): this {
    const nothing = { silent: false, via: null, rttMs: null, noRelay: false };
    const content = { type: 'link-reported', peer, state, ...nothing, ...more } as const;
    return this.receive({ from, opCode: 9011, utterance: { content, dialect: null } });
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
      firstByte: () => 1,
      msUntilNodePasses: () => 0,
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
