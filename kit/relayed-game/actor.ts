import { Inbox, realTimer } from '../players/inbox.ts';
import { NakamaJsPlayer } from '../players/nakama-js-player.ts';
import { bytesOf, type Envelope, type Match, type Presence } from '../players/wire.ts';
import type { Server } from '../servers/server.ts';

interface Heard {
  message: Envelope;
  pong: Envelope;
}

/** A player of a game that knows nothing of this module, and all that its socket was sent. */
export class Actor {
  readonly inbox: Inbox<Heard>;
  self: Presence | undefined;
  private pings = 0;

  private constructor(
    readonly name: string,
    readonly player: NakamaJsPlayer,
  ) {
    this.inbox = new Inbox(() => name, realTimer);
    const asked = new Set<string>();
    player.wire.addEventListener('message', ({ data }) => {
      const envelope = JSON.parse(String(data)) as Envelope;
      // As the library does: a second answer to one question is dropped.
      if (envelope.cid !== undefined && asked.has(envelope.cid)) return;
      if (envelope.cid !== undefined) asked.add(envelope.cid);
      this.inbox.record(envelope.pong ? 'pong' : 'message', envelope);
    });
    player.wire.addEventListener('close', () => this.inbox.record('message', { closed: {} }));
  }

  static async connect(server: Server, name: string, user?: string): Promise<Actor> {
    return new Actor(name, await NakamaJsPlayer.connect(server, user));
  }

  next(fits: (envelope: Envelope) => boolean, wanted: string): Promise<Envelope> {
    return this.inbox.first(({ kind, body }) => kind === 'message' && fits(body), wanted);
  }

  /** Until the server has done what it was asked for before. */
  async settles(): Promise<void> {
    const cid = `settles-${++this.pings}`;
    this.player.wire.send(JSON.stringify({ cid, ping: {} }));
    // The library pings by itself, too.
    await this.inbox.first(({ kind, body }) => kind === 'pong' && body.cid === cid, 'the answer to a ping');
  }

  get envelopes(): Envelope[] {
    return this.inbox.all('message');
  }

  /** Once it has been told that these are in: by a reply, or by an event. */
  async knows(others: readonly Actor[]): Promise<void> {
    for (const other of others) {
      const tells = ({ match_presence_event: event }: Envelope) => event?.joins?.some(isOf(other)) ?? false;
      const names = (envelope: Envelope) =>
        tells(envelope) || (envelope.match?.presences?.some(isOf(other)) ?? false);
      // An event is taken note of, so that it is not taken for a later one.
      const isTold = this.inbox.unread('message').some(({ body }) => tells(body as Envelope));
      if (isTold || !this.envelopes.some(names)) await this.next(tells, `the news that ${other.name} is in`);
    }
  }

  async hearsJoin(other: Actor): Promise<void> {
    const tells = ({ match_presence_event: event }: Envelope) => event?.joins?.some(isOf(other)) ?? false;
    await this.next(tells, `the join of ${other.name}`);
  }

  async hearsLeave(other: Actor): Promise<void> {
    const tells = ({ match_presence_event: event }: Envelope) => event?.leaves?.some(isOf(other)) ?? false;
    await this.next(tells, `the leave of ${other.name}`);
  }

  async hearsData(from: Actor, op: number, content: Uint8Array): Promise<void> {
    await this.next(
      ({ match_data: data }) =>
        data !== undefined &&
        (data.op_code ?? '0') === String(op) &&
        data.presence?.session_id === from.self?.session_id &&
        bytesOf(data).equals(content),
      `${op} of ${from.name}`,
    );
  }

  /** As `createMatch` and `joinMatch` of the library answer. */
  async enters(asking: Promise<Match>): Promise<Match> {
    const match = await asking;
    this.self = match.self;
    return match;
  }
}

const isOf =
  ({ self }: Actor) =>
  ({ session_id }: Presence) =>
    session_id === self?.session_id;
