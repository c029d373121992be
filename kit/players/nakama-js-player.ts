import {
  Client,
  type MatchData,
  type MatchmakerMatched,
  type MatchPresenceEvent,
  type Session,
  type Socket,
} from '@heroiclabs/nakama-js';
import { WebSocket } from 'ws';
import { newName } from '../servers/host.ts';
import type { Server } from '../servers/server.ts';
import { Inbox, realTimer } from './inbox.ts';

// nakama-js wants the browser's; Node 20 has none.
Object.assign(globalThis, { WebSocket });

// It never clears its timeouts, which would keep a finished test run waiting.
const { setTimeout: realSetTimeout } = globalThis;
Object.assign(globalThis, {
  setTimeout: (...args: Parameters<typeof realSetTimeout>) => realSetTimeout(...args).unref(),
});

/** Of the library with a server on a machine that is busy with something else. */
const PATIENCE_MS = 30_000;

/** Where a server, or a line to one, is. */
export type Address = Pick<Server, 'host' | 'port' | 'serverKey'>;

interface Heard {
  data: MatchData;
  presence: MatchPresenceEvent;
  matched: MatchmakerMatched;
}

/** A web game's player: nakama-js as its documentation shows it, and a record of what it heard. */
export class NakamaJsPlayer {
  private readonly inbox: Inbox<Heard>;

  private constructor(
    readonly socket: Socket,
    readonly session: Session,
    readonly name: string,
  ) {
    this.inbox = new Inbox(() => name, realTimer);
    socket.onmatchdata = (data) => this.inbox.record('data', data);
    socket.onmatchpresence = (event) => this.inbox.record('presence', event);
    socket.onmatchmakermatched = (matched) => this.inbox.record('matched', matched);
  }

  /** With the name of another, the same user on a new socket. */
  static async connect({ host, port, serverKey }: Address, name = newName()): Promise<NakamaJsPlayer> {
    const client = new Client(serverKey, host, String(port), false, PATIENCE_MS);
    const session = await client.authenticateDevice(`device-of-${name}`, true, name);
    const socket = client.createSocket();
    const player = new NakamaJsPlayer(socket, session, name);
    await socket.connect(session, false);
    return player;
  }

  /** The connection under the library, which keeps some of what comes to itself. */
  get wire(): WebSocket {
    return Reflect.get(Reflect.get(this.socket, 'adapter'), '_socket');
  }

  next<K extends keyof Heard>(kind: K, where?: (heard: Heard[K]) => boolean): Promise<Heard[K]> {
    return this.inbox.next(kind, where);
  }

  async rpc(id: string, payload: object) {
    const { payload: answer = '' } = await this.socket.rpc(id, JSON.stringify(payload));
    return JSON.parse(answer);
  }
}
