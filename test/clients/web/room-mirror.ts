import { GameLoop } from '../../../clients/web/src/game-loop.ts';
import { IceSource } from '../../../clients/web/src/ice.ts';
import { Membership } from '../../../clients/web/src/membership.ts';
import { settingsFrom } from '../../../clients/web/src/settings.ts';
import type { RoomDriver } from '../../../kit/room/room-driver.ts';
import { addressSnapshot, encodeSnapshot, type RoomView } from '../../../src/protocol/snapshot.ts';
import { IdlePeerConnection, matchNamed, ScriptedSocket } from './scripted-socket.ts';

const NO_ICE = { iceServers: [], expiresIn: null };
const { socket } = new ScriptedSocket();
const settings = settingsFrom({ RTCPeerConnection: IdlePeerConnection.type, iceServers: [] });

/** What a game has heard of a player. */
interface Known {
  readonly away: boolean;
}

/** One player's library, and what its game knows from events alone. */
export class Mirror {
  readonly heard = new Map<number, Known>();
  /** Events that cannot be, after those before them. */
  readonly mistakes: string[] = [];
  host: { readonly peerId: number | undefined; readonly term: number } | null = null;
  isOnline = true;
  readonly membership: Membership;

  constructor(
    readonly user: string,
    public sessionId: string,
  ) {
    this.membership = new Membership(this.reply(), {
      socket,
      settings,
      ice: new IceSource(socket, [], () => {}),
      loop: new GameLoop(),
      matched: null,
      isPlaying: false,
      emit: (name, value) => this.hear(name, value),
      onRefused: () => {},
      onSeated: () => {},
    });
  }

  get peerId(): number {
    return this.membership.self?.peerId ?? 0;
  }

  lose(): void {
    this.isOnline = false;
    this.membership.onOffline();
  }

  resume(sessionId: string): void {
    this.sessionId = sessionId;
    this.isOnline = true;
    this.membership.onResumed(this.reply(), socket);
  }

  tell(view: RoomView, isFirst: boolean): void {
    const text = encodeSnapshot(view);
    const addressed = isFirst ? addressSnapshot(text, this.sessionId, NO_ICE) : text;
    const data = new TextEncoder().encode(addressed);
    this.membership.onData({ match_id: 'm', op_code: 9010, data } as never);
  }

  private reply() {
    return { ...matchNamed('m'), self: { session_id: this.sessionId } } as ReturnType<typeof matchNamed>;
  }

  private hear(name: string, value: unknown): void {
    const { peerId, away } = value as { peerId: number; away: boolean };
    const known = this.heard.get(peerId);
    const mind = (isPossible: boolean) => isPossible || this.mistakes.push(`${name} ${peerId}`);
    switch (name) {
      case 'playerJoined':
        mind(known === undefined);
        this.heard.set(peerId, { away });
        break;
      case 'playerLeft':
        mind(known !== undefined);
        this.heard.delete(peerId);
        break;
      case 'playerAway':
      case 'playerBack':
        mind(known?.away === (name === 'playerBack'));
        this.heard.set(peerId, { away: name === 'playerAway' });
        break;
      case 'hostChanged': {
        const { player, term } = value as { player: { peerId: number } | null; term: number };
        mind(term > (this.host?.term ?? 0));
        this.host = { peerId: player?.peerId, term };
      }
    }
  }
}

/** Hands on what the room said last, to those whom it reaches. */
export function deliver(room: RoomDriver, from: number, mirrors: readonly Mirror[]): void {
  for (const { to, newcomers, view } of room.snapshots.slice(from)) {
    for (const mirror of mirrors) {
      const isTold = (sessions: typeof to) =>
        sessions.some(({ sessionId }) => sessionId === mirror.sessionId);
      if (mirror.isOnline && (isTold(to) || isTold(newcomers))) mirror.tell(view, isTold(newcomers));
    }
  }
}
