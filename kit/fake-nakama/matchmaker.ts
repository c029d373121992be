import type { MatchedUser, Ticket } from '../players/wire.ts';
import type { Random } from '../random.ts';
import { matcherOf, type Properties } from './matchmaker-query.ts';
import type { Runtime } from './runtime.ts';
import type { Scheduler, Ticker } from './scheduler.ts';
import type { Session } from './session.ts';

export interface MatchmakerConfig {
  'matchmaker.max_intervals': number;
  'matchmaker.interval_sec': number;
}

/** The node that it works for. */
interface Node {
  readonly node: string;
  readonly random: Random;
  readonly scheduler: Scheduler;
  readonly runtime: Runtime;
  readonly config: MatchmakerConfig;
}

interface Entry {
  ticket: string;
  sessions: Session[];
  partyId: string;
  wish: Ticket;
  fits: (properties: Properties) => boolean;
  intervals: number;
}

const propertiesOf = ({ string_properties, numeric_properties }: Ticket): Properties => ({
  ...string_properties,
  ...numeric_properties,
});

/** Groups tickets as server/matchmaker_process.go does by default: only the searcher's query counts. */
export class Matchmaker implements Ticker {
  nextAtMs: number;
  private entries: Entry[] = [];

  constructor(private readonly server: Node) {
    this.nextAtMs = server.scheduler.nowMs + this.intervalMs;
  }

  /** The ticket's id; undefined when its query is none. */
  add(sessions: Session[], wish: Ticket, partyId = ''): string | undefined {
    const fits = matcherOf(wish.query ?? '');
    if (!fits) return undefined;
    const ticket = this.server.random.uuid();
    this.entries.push({ ticket, sessions, partyId, wish, fits, intervals: 0 });
    return ticket;
  }

  removeSession(session: Session): void {
    this.entries = this.entries.filter(({ sessions }) => !sessions.includes(session));
  }

  tick(): void {
    this.nextAtMs += this.intervalMs;
    for (const entry of this.server.random.shuffled(this.entries)) {
      if (!this.entries.includes(entry)) continue;
      entry.intervals++;
      const group = this.groupFor(entry);
      if (group) this.form(group);
    }
  }

  private get intervalMs(): number {
    return this.server.config['matchmaker.interval_sec'] * 1000;
  }

  private groupFor(searcher: Entry): Entry[] | undefined {
    const group = [searcher];
    const size = () => group.reduce((sum, { sessions }) => sum + sessions.length, 0);
    for (const entry of this.entries) {
      if (entry === searcher || size() + entry.sessions.length > searcher.wish.max_count) continue;
      const overlap = entry.sessions.some((session) =>
        group.some(({ sessions }) => sessions.includes(session)),
      );
      const inRange =
        entry.wish.min_count >= searcher.wish.min_count && entry.wish.max_count <= searcher.wish.max_count;
      if (!overlap && inRange && searcher.fits(propertiesOf(entry.wish))) group.push(entry);
    }
    const last = searcher.intervals >= this.server.config['matchmaker.max_intervals'];
    const wanted = last ? searcher.wish.min_count : searcher.wish.max_count;
    const allFit = group.every(({ wish }) => wish.min_count <= size() && size() <= wish.max_count);
    return size() >= wanted && allFit ? group : undefined;
  }

  private form(group: Entry[]): void {
    this.entries = this.entries.filter((entry) => !group.includes(entry));
    const users = group.flatMap((entry) =>
      entry.sessions.map((session) => ({ entry, session, user: matchedUserOf(entry, session) })),
    );
    const matchId = this.askModule(users);
    const id = matchId ? { match_id: matchId } : { token: `${this.server.random.uuid()}.` };
    for (const { entry, session, user } of users) {
      const all = users.map((other) => other.user);
      session.send({ matchmaker_matched: { ticket: entry.ticket, ...id, users: all, self: user } });
    }
  }

  private askModule(users: { entry: Entry; session: Session }[]): string | undefined {
    const hook = this.server.runtime.registrations.matchmakerMatched;
    if (!hook) return undefined;
    const entries = users.map(({ entry, session: { id, user } }) => ({
      presence: { userId: user.userId, sessionId: id, username: user.username, node: this.server.node },
      properties: propertiesOf(entry.wish),
      ...(entry.partyId && { partyId: entry.partyId }),
    }));
    try {
      const result = this.server.runtime.call(hook, { executionMode: 'matchmaker' }, entries);
      return typeof result === 'string' ? result : undefined;
    } catch {
      return undefined; // logged by the runtime; Nakama then hands out a token
    }
  }
}

function matchedUserOf({ wish, partyId }: Entry, session: Session): MatchedUser {
  return {
    presence: session.presence,
    party_id: partyId,
    string_properties: wish.string_properties ?? {},
    numeric_properties: wish.numeric_properties ?? {},
  };
}
