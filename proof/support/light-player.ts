import { type Account, Refused, type Socket } from '../../test/support/bot.ts';
import { openSocket } from '../../test/support/websocket.ts';
import type { Envelope, Match, MatchData, Presence } from '../../test/support/wire.ts';

interface Asked {
  answered(answer: Envelope): void;
  lost(error: Error): void;
}

/** A player for load: answers its own requests, hands match data to one listener, and keeps nothing. */
export class LightPlayer {
  /** Called with every message of match data. */
  onData: (data: MatchData) => void = () => {};
  /** Who this player is in the match it joined last. */
  self!: Presence;
  /** Why the connection ended, once it has. */
  closedBecause: string | null = null;
  private readonly asked = new Map<string, Asked>();
  private lastCid = 0;

  private constructor(
    private readonly socket: Socket,
    readonly account: Account,
  ) {
    socket.onEnvelope((envelope) => this.receive(envelope));
    socket.onClose((reason) => {
      this.closedBecause = reason;
      for (const { lost } of this.asked.values()) lost(new Error(`the connection was closed: ${reason}`));
    });
  }

  static async connect(port: number, account: Account): Promise<LightPlayer> {
    return new LightPlayer(await openSocket(port, account.token), account);
  }

  /** Sends a request and waits for its answer. */
  request(envelope: Envelope): Promise<Envelope> {
    const cid = String(++this.lastCid);
    return new Promise((answered, lost) => {
      this.asked.set(cid, { answered, lost });
      this.socket.send({ ...envelope, cid });
    });
  }

  async join(matchId: string, metadata: Record<string, string> = {}): Promise<Match> {
    return this.enter({ match_join: { match_id: matchId, metadata } });
  }

  /** A relayed match when it is named; without a name the module takes it over. */
  async createMatch(name?: string): Promise<Match> {
    return this.enter({ match_create: name === undefined ? {} : { name } });
  }

  async rpc(id: string, payload: unknown): Promise<string> {
    const { rpc } = await this.request({ rpc: { id, payload: JSON.stringify(payload) } });
    return rpc?.payload ?? '';
  }

  /** Without presences it goes to everybody else in a relayed match. */
  sendData(
    matchId: string,
    opCode: string,
    bytes: string | Uint8Array,
    presences?: readonly Partial<Presence>[],
  ): void {
    const data = Buffer.from(bytes).toString('base64');
    const body = { match_id: matchId, op_code: opCode, data };
    this.socket.send({ match_data_send: presences ? { ...body, presences: presences as Presence[] } : body });
  }

  /** Resolves once the server has handled all that this player sent. */
  async ping(): Promise<void> {
    await this.request({ ping: {} });
  }

  /** Leaves by closing its connection. */
  close(): void {
    this.socket.close();
  }

  private receive(envelope: Envelope): void {
    const { cid, match_data: data, error } = envelope;
    if (data) this.onData(data);
    const request = cid === undefined ? undefined : this.asked.get(cid);
    if (cid === undefined || !request) return;
    this.asked.delete(cid);
    if (error) request.lost(new Refused(error.code, error.message));
    else request.answered(envelope);
  }

  private async enter(request: Envelope): Promise<Match> {
    const { match } = await this.request(request);
    this.self = (match as Match).self;
    return match as Match;
  }
}
