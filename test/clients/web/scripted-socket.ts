import type { Match, MatchData, MatchmakerMatched, MatchPresenceEvent, Socket } from '@heroiclabs/nakama-js';

/** What was asked of the server, which a test answers. */
export interface Request {
  /** The socket's method, with an RPC's id. */
  readonly what: string;
  // biome-ignore lint/suspicious/noExplicitAny: the arguments of several methods
  readonly args: any[];
  answer(value?: unknown): void;
  refuse(error: unknown): void;
}

export const SELF = 'session-b';
export const TICKET = 'ticket';

/** A socket of nakama-js without a server: a test gives the answers, and says what else comes. */
export class ScriptedSocket {
  /** Everything asked, in order, without the match data sent. */
  readonly requests: Request[] = [];
  /** The match data sent. */
  readonly said: [opCode: number, text: string | Uint8Array][] = [];
  onmatchdata = (_: MatchData): void => {};
  onmatchpresence = (_: MatchPresenceEvent): void => {};
  onmatchmakermatched = (_: MatchmakerMatched): void => {};
  ondisconnect = (_: Event): void => {};
  onheartbeattimeout = (): void => {};
  private readonly taken = new Set<Request>();
  private readonly waiting = new Set<() => void>();

  /** As the library takes it. */
  get socket(): Socket {
    return this as unknown as Socket;
  }

  readonly rpc = (id: string, payload?: string) => this.ask(`rpc ${id}`, payload);
  readonly joinMatch = (...args: unknown[]) => this.ask('joinMatch', ...args);
  readonly leaveMatch = (...args: unknown[]) => this.ask('leaveMatch', ...args);
  readonly addMatchmaker = (...args: unknown[]) => this.ask('addMatchmaker', ...args);
  readonly removeMatchmaker = (...args: unknown[]) => this.ask('removeMatchmaker', ...args);
  readonly connect = (...args: unknown[]) => this.ask('connect', ...args);
  readonly sendMatchState = async (_: string, opCode: number, text: string | Uint8Array) => {
    this.said.push([opCode, text]);
  };

  /** The next request of this kind that no test has taken yet. */
  async next(what: string): Promise<Request> {
    for (;;) {
      const request = this.requests.find((each) => each.what === what && !this.taken.has(each));
      if (request !== undefined) {
        this.taken.add(request);
        return request;
      }
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  asked(what: string): Request[] {
    return this.requests.filter((each) => each.what === what);
  }

  /** Matched with one other, who has the lower session id. */
  tellMatched(where: Partial<MatchmakerMatched>): void {
    const users = [SELF, 'session-a'].map((id) => ({ presence: presenceOf(id) }));
    this.onmatchmakermatched({ ticket: TICKET, users, ...where } as unknown as MatchmakerMatched);
  }

  /** From the server itself, or from a member of the match. */
  tellData(matchId: string, opCode: number, content: object, from?: string): void {
    const data = new TextEncoder().encode(JSON.stringify(content));
    const presence = from === undefined ? {} : { presence: presenceOf(from) };
    this.onmatchdata({ match_id: matchId, op_code: opCode, data, ...presence } as unknown as MatchData);
  }

  private ask(what: string, ...args: unknown[]): Promise<unknown> {
    return new Promise((answer, refuse) => {
      this.requests.push({ what, args, answer, refuse });
      for (const wake of this.waiting) wake();
      this.waiting.clear();
    });
  }
}

export function matchNamed(match_id: string, others: string[] = [], authoritative = true): Match {
  const presences = others.map(presenceOf);
  return { match_id, authoritative, size: 1, presences, self: presenceOf(SELF) } as unknown as Match;
}

function presenceOf(session_id: string) {
  return { session_id, user_id: `user of ${session_id}`, username: `name of ${session_id}` };
}

/** WebRTC in which nothing ever happens. */
export class IdlePeerConnection {
  static made: IdlePeerConnection[] = [];
  isClosed = false;

  constructor(readonly configuration: RTCConfiguration) {
    IdlePeerConnection.made.push(this);
  }

  readonly createDataChannel = () => ({ readyState: 'connecting' });
  readonly createOffer = () => new Promise(() => {});

  close(): void {
    this.isClosed = true;
  }

  static get type(): typeof RTCPeerConnection {
    return IdlePeerConnection as unknown as typeof RTCPeerConnection;
  }
}

/** Resolves when the callbacks of all that was resolved have run. */
export const callbacksDone = () => new Promise((resolve) => setImmediate(resolve));
