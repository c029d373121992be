import { defaults, FakeNakama } from '../../../kit/fake-nakama/server.ts';
import type { Session } from '../../../kit/fake-nakama/session.ts';
import { streamOfMatch } from '../../../kit/fake-nakama/tracker.ts';
import type { Envelope } from '../../../kit/players/wire.ts';
import type { State } from '../../../src/nakama/match/state.ts';
import { OpCode } from '../../../src/protocol/opcodes.ts';
import { expand, type Frame, resolve, type Sent } from '../frame.ts';
import { ATTACKERS, GUARDS } from '../frames.ts';
import { Known } from '../known.ts';
import { atOnce, PAIRS, type Stage, setScene, wordBetweenGuards } from '../scene.ts';
import type { Tally } from '../tally.ts';
import { Books } from './books.ts';
import { countCall, countClosed, countEnvelope } from './coverage.ts';
import { type Handler, sourceProgram } from './program.ts';

/** Small bounds, so that they are reached. */
const ENV = {
  ONLINE_MATCH_MAX_MESSAGE_BYTES: '4096',
  ONLINE_MATCH_HELD_MESSAGES: '3',
  ONLINE_MATCH_DESCRIPTION_BURST: '1',
  ONLINE_MATCH_CANDIDATE_BURST: '2',
  // Else most of what is sent would not be read.
  ONLINE_MATCH_REJECT_BURST: '1000000',
  ONLINE_MATCH_SEAT_SEC: '4',
  ONLINE_MATCH_CREATOR_SEC: '6',
  ONLINE_MATCH_EMPTY_SEC: '5',
  ONLINE_MATCH_UNJOINED_SEC: '60',
  ONLINE_MATCH_STUN_URLS: 'stun:127.0.0.1:3478',
  ONLINE_MATCH_TURN_URLS: 'turn:127.0.0.1:3478',
  ONLINE_MATCH_TURN_SECRET: 'secret',
};
const CONFIG = { ...defaults, 'socket.max_message_size_bytes': 65_536, 'match.signal_queue_size': 128 };
/** What goes wrong in the real one now and then; from the end of the scene on. */
const CHAOS = { busy: 0.01, skippedAfter: 0.03 };
/** A ticket that others' may be matched with, and may not spoil. */
const HONEST = {
  min_count: 2,
  max_count: 2,
  query: '+properties.client_version:dev',
  string_properties: { client_version: 'dev' },
};

export interface Options {
  readonly tally: Tally;
  readonly plant?: (name: string, handler: Handler) => Handler;
}

/** A fake server with a scene on it, which attackers act on. Nothing here waits: a run takes milliseconds. */
export class World implements Stage<Session> {
  readonly attackers: Session[];
  readonly guards: readonly Session[];
  private readonly server: FakeNakama;
  private readonly books: Books;
  private readonly known: Known<Session>;
  private readonly found: string[] = [];
  private readonly chaos: { busy?: number; skippedAfter?: number } = {};
  private readonly tally: Tally;
  private logged = 0;
  private calls = 0;
  private readonly variant: number;

  constructor(variant: number, { tally, plant = (_name, handler) => handler }: Options) {
    this.tally = tally;
    this.variant = variant;
    this.books = new Books(
      (what) => this.found.push(what),
      (matchId) => this.stateOf(matchId),
    );
    const program = sourceProgram((name, args, run) => this.observe(name, args, run), plant);
    this.server = new FakeNakama(program, ENV, CONFIG, variant, this.chaos);
    this.known = new Known<Session>({
      attackers: () => this.attackers,
      guards: () => this.guards,
      userIdOf: ({ user }) => user.userId,
      isIn: (who, matchId) => this.server.tracker.has(streamOfMatch(matchId), who),
    });
    this.guards = Array.from({ length: GUARDS }, (_, index) => this.connect(`guard-${index}`));
    // The last attacker is the first one's user on another device.
    this.attackers = Array.from({ length: ATTACKERS }, (_, index) =>
      this.connect(`attacker-${index % (ATTACKERS - 1)}`),
    );
    this.known.matchIds = atOnce(setScene(this, variant));
    Object.assign(this.chaos, variant % 2 === 0 ? {} : CHAOS);
    this.demandNothing('while the scene is set');
  }

  /** @throws what was found wrong. */
  act(frame: Frame): void {
    const { bytesOut } = this.books;
    this.carryOut(frame);
    this.tally.answered(this.books.bytesOut - bytesOut, frame);
    this.demandNothing('by this frame');
  }

  /** Those who did no wrong can still talk, and find each other. @throws what was found wrong. */
  end(): void {
    Object.assign(this.chaos, { busy: 0, skippedAfter: 0 });
    for (const who of this.guards.slice(-2)) this.send(who, { matchmaker_add: HONEST });
    this.pass(1);
    for (const { room, from, to } of PAIRS) {
      const [sender, receiver] = [this.guards[from] as Session, this.guards[to] as Session];
      const about = { room, variant: this.variant, target: receiver.id, mark: ++this.calls };
      const data = wordBetweenGuards('reconnect', about);
      const matchId = this.known.matchIds[room] ?? '';
      this.send(sender, { match_data_send: { match_id: matchId, op_code: '9001', data } });
      if (!this.books.hasReceived(receiver, data)) this.found.push(`two guards cannot talk in room ${room}`);
    }
    this.demandNothing('at the end');
    this.tally.add('data on the short way', this.books.passedOn);
    for (const matchId of this.server.matches.keys()) {
      const { traffic } = this.stateOf(matchId) as State;
      for (const [reason, count] of Object.entries(traffic.dropped))
        this.tally.add(`data dropped: ${reason}`, count);
      this.tally.add('data relayed', traffic.relayed);
    }
  }

  readonly send = (who: Session, envelope: object, steps?: number): void => {
    const text = JSON.stringify({ cid: String(++this.calls), ...envelope });
    this.books.sent(who, envelope);
    who.inbox.push(text);
    if (steps === undefined) this.server.scheduler.advance(0);
    else this.server.scheduler.letOthersRun(steps);
  };

  readonly matchesOf = (who: Session) => this.known.matchesOf(who);

  readonly createForBackend = (payload: string): string => {
    return JSON.parse(this.server.runtime.callRpc('create_online_match', {}, payload)).match_id;
  };

  readonly pass = (seconds: number): void => {
    this.server.scheduler.advance(seconds * 1000);
  };

  /** The module's own clock, while it runs: everything else has time as it is. */
  get nowMs(): number {
    return this.server.readClock();
  }

  private stateOf(matchId: string): State | null {
    const match = this.server.matchOf(matchId);
    return match === undefined ? null : (JSON.parse(match.stateText) as State);
  }

  private carryOut(frame: Frame): void {
    this.tally.add(`frames of type ${frame.type}`);
    switch (frame.type) {
      case 'send':
        this.post(this.attacker(frame.by), frame);
        break;
      case 'raw':
        this.attacker(frame.by).inbox.push(expand(frame.text, this.known.namesFor(null)));
        this.server.scheduler.advance(0);
        break;
      case 'call':
        this.callRpc(frame.by === 'backend' ? null : this.attacker(frame.by), frame.rpc, frame.payload);
        break;
      case 'close':
        this.attacker(frame.by).inbox.push({ close: 'closed by the attacker' });
        this.server.scheduler.advance(0);
        break;
      case 'wait':
        this.pass(frame.seconds);
    }
  }

  private post(who: Session, { envelope, steps, times = 1 }: Sent): void {
    const resolved = resolve(envelope, this.known.namesFor(who)) as object;
    for (let time = 0; time < times; time++) this.send(who, resolved, steps);
  }

  private callRpc(who: Session | null, rpc: string, payload: string): void {
    try {
      const user = who === null ? {} : who.user;
      this.server.runtime.callRpc(rpc, { ...user }, expand(payload, this.known.namesFor(who)));
    } catch {
      // Counted where the module threw it; a fault in the module is in the log.
    }
  }

  private connect(username: string): Session {
    const userId = `${username.padEnd(36, '0')}`;
    const session = this.server.openSession({ userId, username, vars: {} });
    session.onEnvelope = (envelope) => this.hear(session, envelope);
    session.onClose = (reason) => this.closed(session, reason);
    return session;
  }

  private attacker(index: number): Session {
    const before = this.attackers[index] as Session;
    if (!before.isClosed) return before;
    const session = this.connect(before.user.username);
    this.attackers[index] = session;
    return session;
  }

  private hear(session: Session, envelope: Envelope): void {
    countEnvelope(this.tally, envelope);
    this.books.heard(session, envelope);
    const { matchmaker_matched: matched } = envelope;
    if (matched && !matched.match_id && this.guards.includes(session))
      this.found.push(
        `${session.user.username} gets a relayed match, beside ${JSON.stringify(matched.users)}`,
      );
    this.known.learn(session, envelope);
    const { match_id, op_code, presence } = envelope.match_data ?? {};
    // Their games go on, and say so.
    if (op_code === String(OpCode.HOST_CHECK) && !presence && this.guards.includes(session))
      session.inbox.push(JSON.stringify({ match_data_send: { match_id, op_code } }));
  }

  private closed(session: Session, reason: string): void {
    countClosed(this.tally, reason);
    const isAttacker = this.attackers.includes(session);
    const isOwnDoing = /^(received malformed|read limit|missing payload|closed by|lost on)/.test(reason);
    if (!isAttacker || !isOwnDoing)
      this.found.push(`the socket of ${session.user.username} was closed: ${reason}`);
  }

  private observe(name: string, args: readonly unknown[], run: () => unknown): unknown {
    const closing = this.books.opened(name, args);
    let result: unknown;
    try {
      result = run();
    } catch (error) {
      countCall(this.tally, name, args, null, error);
      if (error instanceof Error) this.found.push(`${name} threw ${error.stack ?? error.message}`);
      closing?.(null);
      throw error;
    }
    countCall(this.tally, name, args, result);
    closing?.(result);
    return result;
  }

  private demandNothing(when: string): void {
    for (const line of this.server.logged.slice(this.logged)) {
      const isUsual = line.startsWith('info ') || line.startsWith('warn create_match gets a relayed match');
      if (!isUsual) this.found.push(`logged: ${line.slice(0, 600)}`);
    }
    this.logged = this.server.logged.length;
    const [first] = this.found;
    if (first !== undefined) throw new Error(`${first} (${when})`);
  }
}
