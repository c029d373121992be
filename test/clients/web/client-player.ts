import wrtc from '@roamhq/wrtc';
import {
  type Message,
  OnlineMatch,
  type OnlineMatchEvents,
  type OnlineMatchOptions,
} from '../../../clients/web/src/index.ts';
import { Inbox, realTimer } from '../../../kit/players/inbox.ts';
import { type Address, NakamaJsPlayer } from '../../../kit/players/nakama-js-player.ts';

export const { RTCPeerConnection } = wrtc as unknown as {
  RTCPeerConnection: typeof globalThis.RTCPeerConnection;
};

interface Returning extends OnlineMatchOptions {
  readonly name?: string;
}

type Name = keyof OnlineMatchEvents;

const NAMES: readonly Name[] = [
  'error',
  'disconnected',
  'reconnecting',
  'reconnected',
  'roomLost',
  'left',
  'matchCreated',
  'matchJoined',
  'matchmakerMatched',
  'playerJoined',
  'playerLeft',
  'playerAway',
  'playerBack',
  'playerStatusChanged',
  'hostChanged',
  'checkpoint',
  'matchReady',
  'matchNotReady',
  'roomChanged',
  'message',
  'track',
  'trackEnded',
];

/** A game that uses the client library with real WebRTC, and a record of what it heard. */
export class ClientPlayer {
  readonly match: OnlineMatch;
  private readonly inbox: Inbox<OnlineMatchEvents>;
  private isGone = false;

  private constructor(
    readonly nakama: NakamaJsPlayer,
    options: OnlineMatchOptions,
    patienceMs = 25_000,
  ) {
    this.match = new OnlineMatch(nakama.socket, { RTCPeerConnection, maxPlayers: 8, ...options });
    this.inbox = new Inbox(
      () => `player ${this.match.self?.peerId} (${this.match.state})`,
      realTimer,
      patienceMs,
    );
    for (const name of NAMES) this.match.on(name, (value) => this.inbox.record(name, value));
  }

  static async connect(
    server: Address,
    options: OnlineMatchOptions = {},
    patienceMs?: number,
  ): Promise<ClientPlayer> {
    return new ClientPlayer(await NakamaJsPlayer.connect(server), options, patienceMs);
  }

  /** A game that gives the library a way back; with the name of another, the same user. */
  static async returning(server: Address, { name, ...options }: Returning = {}): Promise<ClientPlayer> {
    const nakama = await NakamaJsPlayer.connect(server, name);
    const player: ClientPlayer = new ClientPlayer(nakama, {
      reconnect: () => (player.isGone ? new Promise(() => {}) : Promise.resolve(nakama.session)),
      ...options,
    });
    return player;
  }

  /** The page goes, with all that it had, and says nothing. */
  vanish(): void {
    this.isGone = true;
    for (const { peerId } of this.match.players) this.match.connectionOf(peerId)?.close();
    this.match.socket.disconnect(true);
  }

  get peerId(): number {
    return this.match.self?.peerId ?? 0;
  }

  get sessionId(): string {
    return this.match.self?.sessionId ?? '';
  }

  next<N extends Name>(
    name: N,
    where?: (value: OnlineMatchEvents[N]) => boolean,
  ): Promise<OnlineMatchEvents[N]> {
    return this.inbox.next(name, where);
  }

  /** What happened so far is told to nobody any more: `next` means what comes from now on. */
  forget(): void {
    for (const item of this.inbox.unread()) item.taken = true;
  }

  /** The names of all events so far, in their order, of those that are asked for. */
  story(...names: Name[]): string[] {
    return this.inbox.items.map(({ kind }) => kind).filter((kind) => names.includes(kind as Name));
  }

  all<N extends Name>(name: N): OnlineMatchEvents[N][] {
    return this.inbox.all(name);
  }

  /** The match is ready with so many players in it. */
  ready(count: number) {
    return this.next('matchReady', (players) => players.length === count);
  }

  textFrom(peerId: number, reliable: boolean): Promise<Message> {
    return this.next('message', (message) => message.from.peerId === peerId && message.reliable === reliable);
  }

  /** Closes everything, whatever it is in. */
  async close(): Promise<void> {
    await this.match.leave();
    for (const socket of [this.nakama.socket, this.match.socket]) socket.disconnect(false);
  }
}
