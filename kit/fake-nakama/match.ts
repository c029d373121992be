import type { Random } from '../random.ts';
import { type Dispatcher, dispatcherOf, type JsPresence } from './dispatcher.ts';
import { JoinMarkers } from './join-markers.ts';
import { type Callback, type CoreParts, MatchCore, type Returned } from './match-core.ts';
import type { Actor, Ticker } from './scheduler.ts';
import type { Session } from './session.ts';
import { Reason, type Stream } from './tracker.ts';

export interface QueueSizes {
  'match.input_queue_size': number;
  'match.call_queue_size': number;
  'match.signal_queue_size': number;
  'match.join_attempt_queue_size': number;
}

export interface AttemptResult {
  accept: boolean;
  reason: string;
}

export interface MatchParts extends Omit<CoreParts, 'dispatcher' | 'ctx'> {
  matchId: string;
  stream: Stream;
  random: Random;
  sizes: QueueSizes;
  /** ctx, without what a match adds. */
  ctx: Record<string, unknown>;
  nowMs(): number;
  log(line: string): void;
  kick(session: Session): void;
  ended(match: Match): void;
}

type Call = () => void;

/** A match and its queues, as Nakama's match_handler.go has them: whichever is not empty may be next. */
export class Match implements Actor, Ticker {
  nextAtMs = 0;
  readonly createdMs: number;
  label = '';
  isStopped = false;
  /** Whoever matchJoin was called for. */
  members: Session[] = [];
  private readonly core: MatchCore;
  private tickNumber = 0;
  private tickDue = false;
  private isRunning = false;
  private readonly calls: Call[] = [];
  private readonly attempts: Call[] = [];
  private readonly signals: Call[] = [];
  private inputs: { sender: JsPresence; opCode: number; data: Buffer; receiveTimeMs: number }[] = [];
  private readonly markers: JoinMarkers;

  constructor(
    private readonly parts: MatchParts,
    params: object,
  ) {
    const dispatcher: Dispatcher = dispatcherOf(this, parts.kick);
    this.core = new MatchCore({ ...parts, dispatcher, ctx: () => this.ctx() }, params);
    this.markers = new JoinMarkers(this.core.rate);
    this.label = this.core.firstLabel;
    this.createdMs = Math.floor(parts.nowMs());
    this.nextAtMs = parts.nowMs() + this.periodMs;
  }

  get matchId(): string {
    return this.parts.matchId;
  }

  get stream(): Stream {
    return this.parts.stream;
  }

  ready(): boolean {
    return (
      !this.isStopped &&
      (this.tickDue || [this.calls, this.attempts, this.signals].some(({ length }) => length > 0))
    );
  }

  /** Go's select: any of the sources that have something, in any order. */
  step(): void {
    if (this.isRunning)
      throw new Error('fake Nakama: the match waits for itself (a deadlock in the real one)');
    const sources = [this.calls, this.attempts, this.signals].filter(({ length }) => length > 0);
    const choice = this.parts.random.below(sources.length + (this.tickDue ? 1 : 0));
    const source = sources[choice];
    this.isRunning = true;
    try {
      if (source) (source.shift() as Call)();
      else {
        this.tickDue = false;
        this.queueCall(() => this.loop());
      }
    } finally {
      this.isRunning = false;
    }
  }

  tick(): void {
    this.tickDue = true;
    this.nextAtMs += this.periodMs;
  }

  /** The result appears in the returned box; undefined when the queue is full. */
  queueJoinAttempt(
    session: Session,
    metadata: Record<string, string>,
  ): { result?: AttemptResult } | undefined {
    if (this.attempts.length >= this.parts.sizes['match.join_attempt_queue_size']) return undefined;
    const box: { result?: AttemptResult } = {};
    this.attempts.push(() => {
      box.result = session.isClosed ? { accept: false, reason: '' } : this.attempt(session, metadata);
    });
    return box;
  }

  queueLeave(sessions: Session[], reason: Reason): void {
    this.queueCall(() => {
      const left = sessions.filter((session) => this.members.includes(session));
      if (left.length === 0) return;
      this.members = this.members.filter((session) => !left.includes(session));
      this.markers.remove(left);
      const presences = sessions.map((session) => ({ ...this.presenceOf(session), reason }));
      this.callback('matchLeave', [this.core.import(presences)]);
    });
  }

  markJoined(sessions: Session[]): void {
    this.markers.remove(sessions);
  }

  queueData(sender: Session, opCode: number, data: Buffer): void {
    if (this.inputs.length >= this.parts.sizes['match.input_queue_size']) {
      this.parts.log('Match handler data processing too slow, dropping data message');
    } else
      this.inputs.push({ sender: this.presenceOf(sender), opCode, data, receiveTimeMs: this.parts.nowMs() });
  }

  /** Runs the match until it has handled this signal; other things may come first. */
  signal(data: string): string {
    const box: { result?: string } = {};
    if (this.signals.length >= this.parts.sizes['match.signal_queue_size']) throw new Error('match busy');
    this.signals.push(() => {
      const returned = this.callback('matchSignal', [data]);
      box.result = typeof returned?.data === 'string' ? returned.data : '';
    });
    while (box.result === undefined && !this.isStopped) this.step();
    if (box.result === undefined) throw new Error('match busy');
    return box.result;
  }

  stop(): void {
    if (this.isStopped) return;
    this.isStopped = true;
    this.parts.ended(this);
  }

  /** The state as the console shows it. */
  get stateText(): string {
    return this.core.stateText;
  }

  private get periodMs(): number {
    return 1000 / this.core.rate;
  }

  private attempt(session: Session, metadata: Record<string, string>): AttemptResult {
    const presence = this.presenceOf(session);
    const args = this.core.import([presence, metadata]);
    const { userId, username, vars } = session.user;
    const who = { userId, username, vars, sessionId: session.id, clientIp: '127.0.0.1' };
    const returned = this.callback('matchJoinAttempt', args, who);
    if (returned?.accept !== true) return { accept: false, reason: String(returned?.rejectMessage ?? '') };
    this.markers.add(session, this.tickNumber);
    this.queueCall(() => {
      if (this.members.includes(session)) return;
      this.members = [...this.members, session];
      this.callback('matchJoin', [this.core.import([presence])]);
    });
    return { accept: true, reason: '' };
  }

  private loop(): void {
    const { inputs } = this;
    this.inputs = [];
    const messages = inputs.map(({ data, ...rest }) => ({
      ...rest,
      data: data.length === 0 ? null : new Uint8Array(data).buffer,
      reliable: false,
    }));
    this.callback('matchLoop', [messages]);
    const expired = this.markers.sweep(this.tickNumber);
    if (expired.length > 0) this.queueLeave(expired, Reason.LEAVE);
    this.tickNumber++;
  }

  private queueCall(call: Call): void {
    if (this.isStopped) return;
    if (this.calls.length < this.parts.sizes['match.call_queue_size']) this.calls.push(call);
    else this.fail('Match handler call processing too slow, closing match');
  }

  /** A throw stops the match and closes its members' sockets, as in Nakama. */
  private callback(name: Callback, args: readonly unknown[], who?: object): Returned | null {
    if (this.isStopped) return null;
    try {
      const returned = this.core.call(name, this.tickNumber, args, who);
      if (returned === null) this.stop();
      return returned;
    } catch (error) {
      this.fail(`Stopping match after error from ${name} execution: ${(error as Error).stack ?? error}`);
      return null;
    }
  }

  private fail(why: string): void {
    this.parts.log(why);
    const { members } = this;
    this.stop();
    for (const session of members) session.close(why);
  }

  private ctx(): Record<string, unknown> {
    return {
      ...this.parts.ctx,
      executionMode: 'match',
      matchId: this.matchId,
      matchNode: this.stream.label,
      matchLabel: this.label,
      matchTickRate: this.core?.rate,
    };
  }

  private presenceOf(session: Session): JsPresence {
    const { userId, username } = session.user;
    return { userId, sessionId: session.id, username, node: this.stream.label };
  }
}
