import { Inbox } from './inbox.ts';
import { type Account, kindOf, type Socket, SocketPlayer } from './socket-player.ts';
import type { Envelope, Kind, MatchData, Messages } from './wire.ts';

/** A player that does what tests say and records every envelope it is sent. */
export class Bot extends SocketPlayer {
  readonly inbox: Inbox<Record<Kind | 'done', Envelope>>;

  constructor(socket: Socket, account: Account) {
    super(socket, account);
    this.inbox = new Inbox(() => `${account.username}'s socket`, socket.timer);
    socket.onEnvelope((envelope) => this.inbox.record(kindOf(envelope), envelope));
  }

  async next<K extends Kind>(
    kind: K,
    where: (body: Messages[K]) => boolean = () => true,
  ): Promise<Messages[K]> {
    const envelope = await this.inbox.next(kind, (body) => where(body[kind] as Messages[K]));
    return envelope[kind] as Messages[K];
  }

  /** The next match data of this opcode. */
  async nextData(op: number, where: (data: MatchData) => boolean = () => true): Promise<MatchData> {
    const fits = ({ match_data: data }: Envelope) => data?.op_code === String(op) && where(data);
    const { match_data: data } = await this.inbox.first(({ body }) => fits(body), `match_data ${op}`);
    return data as MatchData;
  }

  /** Every message of this kind so far. */
  all<K extends Kind>(kind: K): Messages[K][] {
    return this.inbox.all(kind).map((envelope) => envelope[kind] as Messages[K]);
  }

  allData(op: number): MatchData[] {
    return this.all('match_data').filter((data) => data.op_code === String(op));
  }

  /** What came and was not asked for: `expect(bot.unread('match_data')).toEqual([])`. */
  unread(kind?: Kind): Envelope[] {
    return this.inbox.unread(kind).map(({ body }) => body);
  }

  /** Lets time pass on this host; only for trying again. */
  pause(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => this.socket.timer(timeoutMs, resolve));
  }

  protected override answerTo(cid: string, kind: string): Promise<Envelope> {
    return this.inbox.first(({ body }) => body.cid === cid, `the answer to ${kind} ${cid}`);
  }

  protected override end(reason: string): void {
    this.inbox.close(reason);
  }
}
