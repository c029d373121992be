import { Inbox, type Timer } from './inbox.ts';
import {
  base64Of,
  type Envelope,
  type Kind,
  type Match,
  type MatchData,
  type Messages,
  type Presence,
} from './wire.ts';

/** A player's connection, to a real server or a fake one. */
export interface Socket {
  send(envelope: Envelope): void;
  onEnvelope(listener: (envelope: Envelope) => void): void;
  onClose(listener: (reason: string) => void): void;
  /** Says goodbye. */
  close(): void;
  /** Just goes away. */
  terminate(): void;
  timer: Timer;
}

/** A signed-in user; may open several sockets. */
export interface Account {
  token: string;
  userId: string;
  username: string;
}

/** An error the server answered a request with. */
export class Refused extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

export interface Ticket {
  min_count: number;
  max_count: number;
  query?: string;
  string_properties?: Record<string, string>;
  numeric_properties?: Record<string, number>;
}

const kindOf = (envelope: Envelope): Kind | 'done' =>
  (Object.keys(envelope).find((key) => key !== 'cid') as Kind | undefined) ?? 'done';

/** A player that does what tests say and records every envelope it is sent. */
export class Bot {
  readonly inbox: Inbox<Envelope>;
  readonly closed: Promise<string>;
  private lastCid = 0;
  /** Who this socket is in the match it joined last. */
  self!: Presence;

  constructor(
    private readonly socket: Socket,
    readonly account: Account,
  ) {
    this.inbox = new Inbox(() => `${account.username}'s socket`, socket.timer);
    socket.onEnvelope((envelope) => this.inbox.record(kindOf(envelope), envelope));
    this.closed = new Promise((resolve) =>
      socket.onClose((reason) => {
        this.inbox.close(reason);
        resolve(reason);
      }),
    );
  }

  get sessionId(): string {
    return this.self.session_id;
  }

  async next<K extends Kind>(
    kind: K,
    where: (body: Messages[K]) => boolean = () => true,
  ): Promise<Messages[K]> {
    const envelope = await this.inbox.next(
      (item) => item.kind === kind && where(item.body[kind] as Messages[K]),
      kind,
    );
    return envelope[kind] as Messages[K];
  }

  /** The next match data of this opcode. */
  async nextData(op: number, where: (data: MatchData) => boolean = () => true): Promise<MatchData> {
    const fits = ({ match_data: data }: Envelope) => data?.op_code === String(op) && where(data);
    const { match_data: data } = await this.inbox.next(({ body }) => fits(body), `match_data ${op}`);
    return data as MatchData;
  }

  /** Reacts at once, as a game does, whether or not a test asks for the message too. */
  onData(op: number, react: (data: MatchData) => void): void {
    this.socket.onEnvelope(({ match_data: data }) => data?.op_code === String(op) && react(data));
  }

  /** Every envelope as it comes, for bots that are a whole game. */
  onEnvelope(listener: (envelope: Envelope) => void): void {
    this.socket.onEnvelope(listener);
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

  post(envelope: Envelope): void {
    this.socket.send(envelope);
  }

  /** Sends a request and waits for its answer. */
  async request(envelope: Envelope): Promise<Envelope> {
    const cid = String(++this.lastCid);
    const kind = kindOf(envelope);
    this.post({ ...envelope, cid });
    const answer = await this.inbox.next(({ body }) => body.cid === cid, `the answer to ${kind} ${cid}`);
    if (answer.error) throw new Refused(answer.error.code, answer.error.message);
    return answer;
  }

  /** A round trip: everything the server had sent this socket before is here now. */
  async ping(): Promise<void> {
    await this.request({ ping: {} });
  }

  /** Lets time pass on this host; only for trying again. */
  pause(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => this.socket.timer(timeoutMs, resolve));
  }

  async join(matchId: string, metadata?: Record<string, string>): Promise<Match> {
    return this.enter({ match_join: { match_id: matchId, ...(metadata && { metadata }) } });
  }

  /** Joins the match of a relayed matchmaker result. */
  async joinByToken(token: string): Promise<Match> {
    return this.enter({ match_join: { token } });
  }

  /** With a name, a relayed match whatever the settings. */
  async createMatch(name?: string): Promise<Match> {
    return this.enter({ match_create: name === undefined ? {} : { name } });
  }

  async leave(matchId: string): Promise<void> {
    await this.request({ match_leave: { match_id: matchId } });
  }

  sendData(matchId: string, op: number, data: string | Uint8Array, presences?: Presence[]): void {
    const body = { match_id: matchId, op_code: String(op), data: base64Of(data) };
    this.post({ match_data_send: { ...body, ...(presences && { presences }) } });
  }

  async rpc(id: string, payload: unknown = ''): Promise<string> {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
    const { rpc } = await this.request({ rpc: { id, payload: text } } as Envelope);
    return rpc?.payload ?? '';
  }

  async addMatchmaker(ticket: Ticket): Promise<string> {
    const { matchmaker_ticket: added } = await this.request({ matchmaker_add: { query: '*', ...ticket } });
    return added?.ticket ?? '';
  }

  async createParty(): Promise<string> {
    const { party } = await this.request({ party_create: { open: true, max_size: 8 } });
    return party?.party_id ?? '';
  }

  async joinParty(partyId: string): Promise<void> {
    await this.request({ party_join: { party_id: partyId } });
  }

  async addPartyMatchmaker(partyId: string, ticket: Ticket): Promise<string> {
    const body = { party_id: partyId, query: '*', ...ticket };
    const { party_matchmaker_ticket: added } = await this.request({ party_matchmaker_add: body });
    return added?.ticket ?? '';
  }

  close(): Promise<string> {
    this.socket.close();
    return this.closed;
  }

  terminate(): void {
    this.socket.terminate();
  }

  private async enter(request: Envelope): Promise<Match> {
    const { match } = await this.request(request);
    this.self = (match as Match).self;
    return match as Match;
  }
}
