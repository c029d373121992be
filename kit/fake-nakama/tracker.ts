import type { Presence } from '../players/wire.ts';
import type { Actor } from './scheduler.ts';
import type { Session } from './session.ts';

/** Nakama's stream modes (server/tracker.go). */
export const Mode = { RELAYED: 5, AUTHORITATIVE: 6 } as const;

export interface Stream {
  mode: number;
  subject: string;
  /** The node of an authoritative match. */
  label: string;
}

export const streamOfMatch = (matchId: string): Stream => {
  const [subject = '', label = ''] = matchId.split('.');
  return { mode: label === '' ? Mode.RELAYED : Mode.AUTHORITATIVE, subject, label };
};

const keyOf = ({ mode, subject, label }: Stream) => `${mode}/${subject}.${label}`;

/** Nakama's reasons of a leave (server/tracker.go). */
export const Reason = { LEAVE: 3, DISCONNECT: 4 } as const;

export type Reason = (typeof Reason)[keyof typeof Reason];

interface Changes {
  joins: Session[];
  leaves: Session[];
  reason: Reason;
}

interface Event extends Changes {
  stream: Stream;
}

export type Listener = (matchId: string, event: Changes) => void;

/** Who is in which stream. Presence events go out later, from a queue of their own. */
export class Tracker implements Actor {
  private readonly streams = new Map<string, { stream: Stream; sessions: Session[] }>();
  private readonly events: Event[] = [];
  private readonly hidden = new Set<Session>();

  constructor(private readonly onMatchPresence: Listener) {}

  list(stream: Stream): Session[] {
    return this.streams.get(keyOf(stream))?.sessions ?? [];
  }

  /** Of every stream of a mode that somebody is in. */
  sizesOf(mode: number): readonly { stream: Stream; size: number }[] {
    return [...this.streams.values()]
      .filter(({ stream, sessions }) => stream.mode === mode && sessions.length > 0)
      .map(({ stream, sessions }) => ({ stream, size: sessions.length }));
  }

  has(stream: Stream, session: Session): boolean {
    return this.list(stream).includes(session);
  }

  /** Nobody is told of a hidden session; it is sent what its stream is sent. */
  track(stream: Stream, session: Session, isHidden = false): boolean {
    if (session.isClosed || this.has(stream, session)) return !session.isClosed;
    this.streams.set(keyOf(stream), { stream, sessions: [...this.list(stream), session] });
    if (isHidden) this.hidden.add(session);
    else this.events.push({ stream, joins: [session], leaves: [], reason: Reason.LEAVE });
    return true;
  }

  /** A hidden session is hidden no more. */
  show(stream: Stream, session: Session): boolean {
    if (session.isClosed) return false;
    if (this.hidden.delete(session))
      this.events.push({ stream, joins: [session], leaves: [], reason: Reason.LEAVE });
    return true;
  }

  untrack(stream: Stream, session: Session, reason: Reason = Reason.LEAVE): void {
    if (!this.has(stream, session)) return;
    this.set(
      stream,
      this.list(stream).filter((other) => other !== session),
    );
    if (!this.hidden.delete(session)) this.events.push({ stream, joins: [], leaves: [session], reason });
  }

  /** Their socket is gone. */
  untrackAll(session: Session): void {
    for (const { stream } of [...this.streams.values()]) this.untrack(stream, session, Reason.DISCONNECT);
  }

  /** A match that ended: nobody is told. */
  untrackStream(stream: Stream): void {
    this.streams.delete(keyOf(stream));
  }

  ready(): boolean {
    return this.events.length > 0;
  }

  step(): void {
    const { stream, joins, leaves, reason } = this.events.shift() as Event;
    const matchId = `${stream.subject}.${stream.label}`;
    if (stream.mode === Mode.AUTHORITATIVE) this.onMatchPresence(matchId, { joins, leaves, reason });
    const wire = (sessions: Session[]): Presence[] => sessions.map((session) => session.presence);
    for (const session of this.list(stream)) {
      session.send({ match_presence_event: { match_id: matchId, joins: wire(joins), leaves: wire(leaves) } });
    }
  }

  private set(stream: Stream, sessions: Session[]): void {
    if (sessions.length === 0) this.streams.delete(keyOf(stream));
    else this.streams.set(keyOf(stream), { stream, sessions });
  }
}
