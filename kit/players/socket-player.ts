import type { Timer } from './inbox.ts';
import {
  base64Of,
  type Envelope,
  type Kind,
  type Match,
  type MatchData,
  type Presence,
  type Ticket,
} from './wire.ts';

/** A player's connection, to a real server or a fake one. */
export interface Socket {
  send(envelope: Envelope): void;
  /** For what is no envelope. */
  sendText(text: string): void;
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

export const kindOf = (envelope: Envelope): Kind | 'done' =>
  (Object.keys(envelope).find((key) => key !== 'cid') as Kind | undefined) ?? 'done';

/** All that a player on a raw socket can ask of Nakama. What they keep, and how they wait, is their own. */
export abstract class SocketPlayer {
  readonly closed: Promise<string>;
  /** Why the connection ended, once it has. */
  closedBecause: string | null = null;
  /** Who this socket is in the match it joined last. */
  self!: Presence;
  private lastCid = 0;

  constructor(
    protected readonly socket: Socket,
    readonly account: Account,
  ) {
    this.closed = new Promise((resolve) =>
      socket.onClose((reason) => {
        this.closedBecause = reason;
        this.end(reason);
        resolve(reason);
      }),
    );
  }

  protected abstract answerTo(cid: string, kind: string): Promise<Envelope>;

  /** No answer comes any more. */
  protected abstract end(reason: string): void;

  get sessionId(): string {
    return this.self.session_id;
  }

  /** Every envelope as it comes, for players that are a whole game. */
  onEnvelope(listener: (envelope: Envelope) => void): void {
    this.socket.onEnvelope(listener);
  }

  /** Reacts at once, as a game does, whether or not a test asks for the message too. */
  onData(op: number, react: (data: MatchData) => void): void {
    this.socket.onEnvelope(({ match_data: data }) => data?.op_code === String(op) && react(data));
  }

  post(envelope: Envelope): void {
    this.socket.send(envelope);
  }

  postText(text: string): void {
    this.socket.sendText(text);
  }

  /** Sends a request and waits for its answer. */
  async request(envelope: Envelope): Promise<Envelope> {
    const cid = String(++this.lastCid);
    this.post({ ...envelope, cid });
    const answer = await this.answerTo(cid, kindOf(envelope));
    if (answer.error) throw new Refused(answer.error.code, answer.error.message);
    return answer;
  }

  /** A round trip: everything the server had sent this socket before is here now. */
  async ping(): Promise<void> {
    await this.request({ ping: {} });
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

  /** Without presences it goes to everybody else in a relayed match. */
  sendData(
    matchId: string,
    op: number,
    data: string | Uint8Array,
    presences?: readonly Partial<Presence>[],
  ): void {
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
