import type { Dispatcher } from './dispatcher.ts';
import type { Random } from './random.ts';
import type { Actor, Ticker } from './scheduler.ts';
import type { Vm } from './script.ts';
import type { Session } from './session.ts';
import type { Stream } from './tracker.ts';
import { freezeDeep, throughGo } from './values.ts';

export interface QueueSizes {
  'match.input_queue_size': number;
  'match.call_queue_size': number;
  'match.signal_queue_size': number;
  'match.join_attempt_queue_size': number;
}

export interface JsPresence {
  userId: string;
  sessionId: string;
  username: string;
  node: string;
}

export interface AttemptResult {
  accept: boolean;
  reason: string;
}

/** The names of a handler's seven functions. */
export type MatchHandlers = Record<
  | 'matchInit'
  | 'matchJoinAttempt'
  | 'matchJoin'
  | 'matchLeave'
  | 'matchLoop'
  | 'matchTerminate'
  | 'matchSignal',
  string
>;

export interface MatchParts {
  matchId: string;
  stream: Stream;
  handlers: MatchHandlers;
  vm: Vm;
  random: Random;
  sizes: QueueSizes;
  /** ctx, without what a match adds. */
  ctx: Record<string, unknown>;
  logger: unknown;
  nk: unknown;
  dispatcherOf(match: Match): Dispatcher;
  nowMs(): number;
  log(line: string): void;
  ended(match: Match): void;
}

type Call = () => void;
type Returned = { state?: unknown; [key: string]: unknown } | null | undefined;

/** Join markers are looked through this often (match_handler.go), and live this long. */
const MARKER_TICKS = 30;
const MARKER_DEADLINE_SEC = 15;

/** A match and its queues, as Nakama's match_handler.go has them: whichever is not empty may be next. */
export class Match implements Actor, Ticker {
  nextAtMs = 0;
  label = '';
  isStopped = false;
  /** Whoever matchJoin was called for. */
  members: Session[] = [];
  private state: unknown;
  private tickNumber = 0;
  private tickDue = false;
  private rate = 1;
  private isRunning = false;
  private readonly calls: Call[] = [];
  private readonly attempts: Call[] = [];
  private readonly signals: Call[] = [];
  private inputs: { sender: JsPresence; opCode: number; data: Buffer; receiveTimeMs: number }[] = [];
  private readonly markers = new Map<Session, number>();
  private readonly dispatcher: Dispatcher;

  constructor(
    private readonly parts: MatchParts,
    params: unknown,
  ) {
    this.dispatcher = parts.dispatcherOf(this);
    const { handlers, vm, logger, nk } = parts;
    const made = vm.call(handlers.matchInit, this.ctx(), logger, nk, vm.import(params)) as Returned;
    if (!Number.isInteger(made?.tickRate))
      throw new Error("matchInit 'tickRate' must be a number between 1 and 60");
    if (!made?.state) throw new Error("matchInit is expected to return an object with a 'state' property");
    this.state = throughGo(made.state, parts.random);
    this.label = String(made.label ?? '');
    this.rate = Number(made.tickRate);
    this.nextAtMs = parts.nowMs() + 1000 / this.rate;
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
    this.nextAtMs += 1000 / this.rate;
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

  queueLeave(sessions: Session[]): void {
    this.queueCall(() => {
      const left = sessions.filter((session) => this.members.includes(session));
      if (left.length === 0) return;
      this.members = this.members.filter((session) => !left.includes(session));
      for (const session of left) this.markers.delete(session);
      this.callback(
        'matchLeave',
        sessions.map((session) => this.presenceOf(session)),
      );
    });
  }

  queueTerminate(graceSeconds: number): void {
    this.queueCall(() => {
      this.callback('matchTerminate', graceSeconds);
      if (graceSeconds === 0) this.stop();
    });
  }

  markJoined(sessions: Session[]): void {
    for (const session of sessions) this.markers.delete(session);
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
      const returned = this.callback('matchSignal', data);
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
    return JSON.stringify(this.state);
  }

  private attempt(session: Session, metadata: Record<string, string>): AttemptResult {
    const { user } = session;
    const who = { userId: user.userId, username: user.username, sessionId: session.id, vars: user.vars };
    const presence = this.presenceOf(session);
    const returned = this.callback('matchJoinAttempt', presence, metadata, { ...who, clientIp: '127.0.0.1' });
    if (!returned) return { accept: false, reason: '' };
    if (typeof returned.accept !== 'boolean')
      throw new Error("matchJoinAttempt 'accept' property must be a boolean");
    if (returned.accept) {
      this.markers.set(session, this.tickNumber + this.rate * MARKER_DEADLINE_SEC);
      this.queueCall(() => {
        if (this.members.includes(session)) return;
        this.members = [...this.members, session];
        this.callback('matchJoin', [this.presenceOf(session)]);
      });
    }
    return { accept: returned.accept, reason: String(returned.rejectMessage ?? '') };
  }

  private loop(): void {
    const { inputs } = this;
    this.inputs = [];
    const messages = inputs.map(({ data, ...rest }) => ({
      ...rest,
      data: data.length === 0 ? null : new Uint8Array(data).buffer,
      reliable: false,
    }));
    this.callback('matchLoop', messages);
    if (this.tickNumber % (this.rate * MARKER_TICKS) === 0) {
      const expired = [...this.markers]
        .filter(([, deadline]) => deadline <= this.tickNumber)
        .map(([session]) => session);
      for (const session of expired) this.markers.delete(session);
      if (expired.length > 0) this.queueLeave(expired);
    }
    this.tickNumber++;
  }

  private queueCall(call: Call): void {
    if (this.isStopped) return;
    if (this.calls.length < this.parts.sizes['match.call_queue_size']) this.calls.push(call);
    else this.fail('Match handler call processing too slow, closing match');
  }

  /** Calls one of the seven. A throw stops the match and closes its members' sockets, as in Nakama. */
  private callback(name: keyof MatchHandlers, argument: unknown, metadata?: unknown, who = {}): Returned {
    if (this.isStopped) return undefined;
    const { handlers, vm, logger, nk, random } = this.parts;
    const head = [{ ...this.ctx(), ...vm.import(who) }, logger, nk, this.dispatcher, this.tickNumber];
    const rest = name === 'matchLoop' ? [argument] : [vm.import(argument)];
    if (metadata !== undefined) rest.push(vm.import(metadata));
    try {
      const returned = vm.call(
        handlers[name],
        ...head,
        freezeDeep(vm.import(this.state)),
        ...rest,
      ) as Returned;
      if (returned === null || returned === undefined) {
        this.stop();
        return returned;
      }
      if (typeof returned.state !== 'object')
        throw new Error(`${name} is expected to return an object with 'state'`);
      this.state = throughGo(returned.state, random);
      return returned;
    } catch (error) {
      this.fail(`Stopping match after error from ${name} execution: ${(error as Error).stack ?? error}`);
      return undefined;
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
      matchTickRate: this.rate,
    };
  }

  private presenceOf(session: Session): JsPresence {
    const { userId, username } = session.user;
    return { userId, sessionId: session.id, username, node: this.stream.label };
  }
}
