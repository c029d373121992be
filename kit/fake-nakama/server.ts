import { recordingMetrics } from '../metrics/recording.ts';
import { Random } from '../random.ts';
import { localcache } from './local-cache.ts';
import { Match, type QueueSizes } from './match.ts';
import { Matchmaker, type MatchmakerConfig } from './matchmaker.ts';
import { serve } from './pipeline.ts';
import { Runtime } from './runtime.ts';
import { Scheduler } from './scheduler.ts';
import type { Program } from './script.ts';
import { Session, type User } from './session.ts';
import { Storage } from './storage.ts';
import { streamOfMatch, Tracker } from './tracker.ts';

export interface FakeConfig extends QueueSizes, MatchmakerConfig {
  'socket.max_message_size_bytes': number;
}

/** Nakama's own defaults (server/config.go). */
export const defaults: FakeConfig = {
  'match.input_queue_size': 128,
  'match.call_queue_size': 128,
  'match.signal_queue_size': 10,
  'match.join_attempt_queue_size': 128,
  'socket.max_message_size_bytes': 4096,
  'matchmaker.max_intervals': 2,
  'matchmaker.interval_sec': 1,
};

/** What goes wrong in the real one now and then, and how often here, 0 to 1. */
export interface FakeChaos {
  /** A signal meets a full queue. */
  busy?: number;
  /** A socket dies after its join was admitted, before it is tracked. */
  untracked?: number;
  /** An after hook does not run. */
  skippedAfter?: number;
}

/** One Nakama node in memory: everything a module can tell apart from the real one, by the sources named. */
export class FakeNakama {
  readonly node = 'fake';
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly tracker: Tracker;
  readonly matchmaker: Matchmaker;
  readonly runtime: Runtime;
  readonly sessions = new Map<string, Session>();
  readonly matches = new Map<string, Match>();
  readonly storage = new Storage();
  readonly cache = localcache(() => this.scheduler.nowMs);
  readonly blocks = new Set<string>();
  readonly metrics = recordingMetrics();
  readonly parties = new Map<string, Session[]>();
  readonly logged: string[] = [];
  private refusing = 0;

  constructor(
    module: string | Program,
    env: Record<string, string>,
    readonly config: FakeConfig,
    seed: number,
    readonly chaos: FakeChaos = {},
  ) {
    this.random = new Random(seed);
    this.scheduler = new Scheduler(this.random, (error) => this.fail(error));
    this.tracker = new Tracker((matchId, { joins, leaves, reason }) => {
      const match = this.matchOf(matchId);
      if (joins.length > 0) match?.markJoined(joins);
      if (leaves.length > 0) match?.queueLeave(leaves, reason);
    });
    this.scheduler.actors.add(this.tracker);
    this.matchmaker = new Matchmaker(this);
    this.scheduler.tickers.add(this.matchmaker);
    this.runtime = new Runtime(this, module, env);
  }

  /** Every look at the clock takes a moment, so that a loop that waits for it comes to an end. */
  readClock(): number {
    this.scheduler.nowMs += 0.1;
    return Math.floor(this.scheduler.nowMs);
  }

  openSession(user: User): Session {
    const session: Session = new Session(this.random.uuid(), user, {
      maxMessageBytes: this.config['socket.max_message_size_bytes'],
      process: (from, envelope) => serve(this, from, envelope),
      closed: () => {
        this.sessions.delete(session.id);
        this.matchmaker.removeSession(session);
        this.tracker.untrackAll(session);
      },
    });
    this.sessions.set(session.id, session);
    this.scheduler.actors.add(session);
    return session;
  }

  matchOf(matchId: string): Match | undefined {
    return this.matches.get(matchId);
  }

  createMatch(module: string, params: object): string {
    const handlers = this.runtime.registrations.matches.get(module);
    if (!handlers) throw new Error('error creating match: not found');
    const matchId = `${this.random.uuid()}.${this.node}`;
    const stream = streamOfMatch(matchId);
    const match = new Match(
      {
        ...this.runtime.newVm(),
        matchId,
        stream,
        handlers,
        random: this.random,
        sizes: this.config,
        ctx: this.runtime.ctx(),
        kick: (session) => this.tracker.untrack(stream, session),
        nowMs: () => this.scheduler.nowMs,
        log: (line) => this.log(line),
        ended: (ended) => this.forget(ended),
      },
      params,
    );
    this.matches.set(matchId, match);
    this.scheduler.actors.add(match);
    this.scheduler.tickers.add(match);
    return matchId;
  }

  happens(what: 'untracked' | 'skippedAfter'): boolean {
    return this.random.next() < (this.chaos[what] ?? 0);
  }

  /** Whether this signal meets a full queue; one that is full stays so for a few tries. */
  isBusy(): boolean {
    if (this.refusing === 0 && this.random.next() < (this.chaos.busy ?? 0))
      this.refusing = 1 + this.random.below(20);
    if (this.refusing > 0) this.refusing--;
    return this.refusing > 0;
  }

  log(line: string): void {
    this.logged.push(line);
  }

  /** The fake itself failed: every test that waits hears why. */
  private fail(error: Error): void {
    for (const session of [...this.sessions.values()]) session.close(String(error.stack));
  }

  private forget(match: Match): void {
    this.matches.delete(match.matchId);
    this.scheduler.actors.delete(match);
    this.scheduler.tickers.delete(match);
    this.tracker.untrackStream(match.stream);
  }
}
