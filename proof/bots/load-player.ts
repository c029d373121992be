import {
  Client,
  type DefaultSocket,
  type MatchData,
  type MatchmakerMatched,
  type MatchPresenceEvent,
  type Session,
  type Socket,
} from '@heroiclabs/nakama-js';
import { WebSocket } from 'ws';
import { OpCode } from '../../src/protocol/opcodes.ts';
import type { ServerAddress } from './orders.ts';
import type { Tally } from './tally.ts';
import { during, type Troubled, trouble } from './trouble.ts';

/** nakama-js wants the browser's, where every message is an event of its own, and promises settle in between. */
class BrowsersWebSocket extends WebSocket {
  constructor(url: string) {
    super(url, { allowSynchronousEvents: false, perMessageDeflate: false });
  }
}
// Without a window, it throws when a heartbeat is not answered in time.
Object.assign(globalThis, { WebSocket: BrowsersWebSocket, window: {} });

/** What a player's socket hears while they are in a match. */
export interface Listener {
  onData(data: MatchData): void;
  onPresence(event: MatchPresenceEvent): void;
}

/** A user with nakama-js and one socket, who plays room after room. */
export class LoadPlayer {
  listener: Listener | null = null;
  onMatched: ((matched: MatchmakerMatched) => void) | null = null;
  onClosed: ((closed: Troubled) => void) | null = null;
  /** When they last made a room: the server lets each user make so many in a minute. */
  madeRoomAt = Number.NEGATIVE_INFINITY;
  readonly #client: Client;
  readonly #name: string;
  readonly #tally: Tally;
  #session: Session | null = null;
  #socket: Socket | null = null;
  #arrival: Promise<void> | null = null;

  constructor({ serverKey, host, port, ssl }: ServerAddress, name: string, tally: Tally) {
    this.#client = new Client(serverKey, host, String(port), ssl);
    this.#name = name;
    this.#tally = tally;
  }

  get socket(): Socket {
    if (this.#socket === null) throw trouble('connect', 'closed', 'this player has no socket');
    return this.#socket;
  }

  /** Signs in, once, and connects, unless they are. */
  arrive(): Promise<void> {
    this.#arrival ??= this.#arrive().finally(() => {
      this.#arrival = null;
    });
    return this.#arrival;
  }

  async ping(): Promise<void> {
    await (this.socket as DefaultSocket).send({ ping: {} });
  }

  /** Just goes away: out of their match, and their tickets are gone. */
  drop(): void {
    this.listener = null;
    this.onMatched = null;
    this.onClosed = null;
    this.#socket?.disconnect(false);
    this.#socket = null;
  }

  /** Leaves nothing of themselves on the server. */
  async retire(): Promise<void> {
    this.drop();
    if (this.#session !== null) await this.#client.deleteAccount(this.#session);
  }

  async #arrive(): Promise<void> {
    this.#session ??= await during('sign in', this.#signIn());
    if (this.#socket !== null) return;
    const socket = this.#client.createSocket(this.#client.useSSL);
    /** A socket that was dropped may still have something to say. */
    const whileOurs =
      <Event>(act: (event: Event) => void) =>
      (event: Event) =>
        this.#socket === socket && act(event);
    socket.onmatchdata = whileOurs((data) => this.#onData(data));
    socket.onmatchpresence = whileOurs((event) => this.listener?.onPresence(event));
    socket.onmatchmakermatched = whileOurs((matched) => this.onMatched?.(matched));
    await during('connect', socket.connect(this.#session, false));
    socket.onheartbeattimeout = () => whileOurs(() => this.#onLost(UNANSWERED))(null);
    socket.ondisconnect = whileOurs((event) => this.#onLost(closedBy(event as Event & CloseEvent)));
    this.#socket = socket;
  }

  async #signIn(): Promise<Session> {
    const asked = performance.now();
    // The mark, for servers that adopt the matches of marked sessions only.
    const session = await this.#client.authenticateDevice(this.#name, true, this.#name, {
      online_match: '1',
    });
    this.#tally.time('signIn', performance.now() - asked);
    return session;
  }

  #onData(data: MatchData): void {
    if (this.listener !== null) this.listener.onData(data);
    else if (data.op_code === OpCode.WEBRTC_PEER_METHOD) this.#tally.count('stray');
    else if (data.op_code === OpCode.JOIN_SUCCESS) this.#tally.trouble(UNANNOUNCED.trouble);
  }

  #onLost(lost: Troubled): void {
    this.#socket = null;
    if (this.onClosed !== null) this.onClosed(lost);
    else this.#tally.trouble(lost.trouble);
  }
}

interface CloseEvent {
  readonly code: number;
  readonly reason: string;
}

const UNANNOUNCED = trouble('join', 'before-reply', 'a 9002 before the reply to the join');
const UNANSWERED = trouble('stay', 'no-heartbeat', 'the server did not answer a ping within 10 s');

function closedBy({ code, reason }: CloseEvent): Troubled {
  return trouble('stay', 'socket-closed', `closed by the server: ${code} ${reason}`.trim());
}
