import wrtc from '@roamhq/wrtc';
import {
  type Message,
  OnlineMatch,
  type OnlineMatchEvents,
  type OnlineMatchOptions,
} from '../../../clients/web/src/index.ts';
import { Inbox, realTimer } from '../../../kit/players/inbox.ts';
import { NakamaJsPlayer } from '../../../kit/players/nakama-js-player.ts';
import type { Server } from '../../../kit/servers/server.ts';

export const { RTCPeerConnection } = wrtc as unknown as {
  RTCPeerConnection: typeof globalThis.RTCPeerConnection;
};

type Name = keyof OnlineMatchEvents;

const NAMES: readonly Name[] = [
  'error',
  'disconnected',
  'matchCreated',
  'matchJoined',
  'matchmakerMatched',
  'playerJoined',
  'playerLeft',
  'playerStatusChanged',
  'matchReady',
  'matchNotReady',
  'roomChanged',
  'message',
];

/** A game that uses the client library with real WebRTC, and a record of what it heard. */
export class ClientPlayer {
  readonly match: OnlineMatch;
  private readonly inbox: Inbox<OnlineMatchEvents>;

  private constructor(
    readonly nakama: NakamaJsPlayer,
    options: OnlineMatchOptions,
  ) {
    this.match = new OnlineMatch(nakama.socket, { RTCPeerConnection, maxPlayers: 8, ...options });
    this.inbox = new Inbox(
      () => `player ${this.match.self?.peerId} (${this.match.state})`,
      realTimer,
      25_000,
    );
    for (const name of NAMES) this.match.on(name, (value) => this.inbox.record(name, value));
  }

  static async connect(server: Server, options: OnlineMatchOptions = {}): Promise<ClientPlayer> {
    return new ClientPlayer(await NakamaJsPlayer.connect(server), options);
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
    this.nakama.socket.disconnect(false);
  }
}
