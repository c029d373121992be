import type { Match } from '@heroiclabs/nakama-js';
import { NakamaJsPlayer } from '../../../kit/players/nakama-js-player.ts';
import type { Server } from '../../../kit/servers/server.ts';
import { RTCPeerConnection } from './client-player.ts';

interface Link {
  readonly connection: RTCPeerConnection;
  readonly channels: RTCDataChannel[];
}

/**
 * A Godot game with the addon, but for its engine: announces nothing, signals in the addon's JSON, and has the
 * channels of WebRTCMultiplayerPeer.
 */
export class AddonPeer {
  readonly links = new Map<string, Link>();
  private readonly peerIds = new Map<string, number>();
  private readonly waiting = new Set<() => void>();
  private matchId = '';
  private ownId = '';
  private isClosed = false;
  /** What comes right behind the reply waits until that is read, as it does in Godot. */
  private entered: Promise<void> = Promise.resolve();

  private constructor(private readonly nakama: NakamaJsPlayer) {
    const { socket } = nakama;
    socket.onmatchdata = ({ op_code, data, presence }) => {
      const content = JSON.parse(new TextDecoder().decode(data));
      void this.entered.then(() => {
        if (op_code === 9002) this.onPlayers(content.players);
        if (op_code === 9001 && content.target === this.ownId)
          void this.onSignal(presence?.session_id ?? '', content);
      });
    };
    socket.onmatchpresence = ({ leaves = [] }) => {
      for (const { session_id } of leaves) this.drop(session_id);
    };
  }

  static async connect(server: Server): Promise<AddonPeer> {
    return new AddonPeer(await NakamaJsPlayer.connect(server));
  }

  get peerId(): number {
    return this.peerIds.get(this.ownId) ?? 0;
  }

  /** Everything that came over a channel, as `peer id:channel:text`. */
  readonly received: string[] = [];

  async join(matchId: string): Promise<void> {
    await this.enter(this.nakama.socket.joinMatch(matchId));
  }

  /** Makes a match as the addon does, and lets in whoever comes, as its host. */
  async create(): Promise<string> {
    const { socket } = this.nakama;
    const { onmatchpresence } = socket;
    socket.onmatchpresence = (event) => {
      onmatchpresence.call(socket, event);
      void this.entered.then(() => {
        for (const { session_id } of event.joins ?? []) this.letIn(session_id);
      });
    };
    await this.enter(socket.createMatch());
    this.peerIds.set(this.ownId, 1);
    return this.matchId;
  }

  private enter(reply: Promise<Match>): Promise<void> {
    this.entered = reply.then(({ match_id, self }) => {
      this.matchId = match_id;
      this.ownId = self.session_id;
    });
    return this.entered;
  }

  async matchmake(pool: string, count: number): Promise<void> {
    const { socket } = this.nakama;
    const matched = new Promise<Parameters<typeof socket.onmatchmakermatched>[0]>((resolve) => {
      socket.onmatchmakermatched = resolve;
    });
    await socket.addMatchmaker(`+properties.pool:${pool}`, count, count, { pool, client_version: 'dev' });
    const { match_id, users, self } = await matched;
    this.ownId = self.presence.session_id;
    const ids = users.map(({ presence }) => presence.session_id).sort();
    ids.forEach((id, index) => void this.peerIds.set(id, index + 1));
    socket.onmatchpresence = ({ joins = [] }) => {
      for (const { session_id } of joins) this.link(session_id);
    };
    const { presences } = await socket.joinMatch(match_id);
    this.matchId = match_id;
    for (const { session_id } of presences ?? []) this.link(session_id);
  }

  /** Once as many peers are connected, all their channels open. */
  async connected(count: number): Promise<void> {
    const isOpen = ({ channels }: Link) => channels.every(({ readyState }) => readyState === 'open');
    await this.until(() => [...this.links.values()].filter(isOpen).length === count);
  }

  async receives(text: string): Promise<void> {
    await this.until(() => this.received.includes(text));
  }

  send(text: string, channel: 0 | 1 | 2): void {
    for (const { channels } of this.links.values()) {
      // Like the addon, it has a link to itself too, which never opens.
      if (channels[channel]?.readyState === 'open') channels[channel].send(text);
    }
  }

  close(): void {
    this.isClosed = true;
    for (const sessionId of [...this.links.keys()]) this.drop(sessionId);
    this.nakama.socket.disconnect(false);
  }

  private letIn(sessionId: string): void {
    if (sessionId === this.ownId || this.peerIds.has(sessionId)) return;
    this.peerIds.set(sessionId, this.peerIds.size + 1);
    const players = Object.fromEntries(
      [...this.peerIds].map(([session_id, peer_id]) => [session_id, { session_id, username: '', peer_id }]),
    );
    this.tell(9002, { client_version: 'dev', players });
    this.link(sessionId);
  }

  private onPlayers(players: Record<string, { peer_id: number }>): void {
    for (const [sessionId, { peer_id }] of Object.entries(players)) {
      this.peerIds.set(sessionId, peer_id);
      this.link(sessionId);
    }
  }

  private link(sessionId: string): void {
    if (this.isClosed || sessionId === this.ownId || this.links.has(sessionId)) return;
    const connection = new RTCPeerConnection();
    const settings = { negotiated: true, ordered: true };
    const channels = [
      connection.createDataChannel('reliable', { ...settings, id: 1 }),
      connection.createDataChannel('ordered', { ...settings, id: 2, maxPacketLifeTime: 1 }),
      connection.createDataChannel('unreliable', {
        ...settings,
        id: 3,
        maxPacketLifeTime: 1,
        ordered: false,
      }),
    ];
    channels.forEach((channel, index) => {
      channel.onopen = () => this.wake();
      channel.onclose = () =>
        this.links.get(sessionId)?.connection === connection && this.reconnect(sessionId);
      channel.onmessage = ({ data }) => {
        this.received.push(`${this.peerIds.get(sessionId)}:${index}:${data}`);
        this.wake();
      };
    });
    connection.onicecandidate = ({ candidate }) => {
      if (!candidate?.candidate || candidate.candidate.includes('tcptype')) return;
      const { sdpMid: media, sdpMLineIndex: index, candidate: name } = candidate;
      this.signal({ method: 'add_ice_candidate', target: sessionId, media, index, name });
    };
    this.links.set(sessionId, { connection, channels });
    if (this.ownId < sessionId) void this.describe(sessionId, connection, connection.createOffer());
  }

  private async describe(
    target: string,
    connection: RTCPeerConnection,
    making: Promise<RTCSessionDescriptionInit>,
  ): Promise<void> {
    const description = await making;
    if (connection.signalingState === 'closed') return;
    await connection.setLocalDescription(description);
    this.signal({ method: 'set_remote_description', target, type: description.type, sdp: description.sdp });
  }

  private async onSignal(from: string, content: Record<string, string>): Promise<void> {
    const connection = this.links.get(from)?.connection;
    if (connection === undefined) return;
    const { method, type, sdp, media, index, name } = content;
    if (method === 'reconnect') {
      this.drop(from);
      this.link(from);
    } else if (method === 'set_remote_description') {
      await connection.setRemoteDescription({ type: type as 'offer', sdp: sdp ?? '' });
      if (type === 'offer') await this.describe(from, connection, connection.createAnswer());
    } else {
      const candidate = { candidate: name ?? '', sdpMid: media ?? '', sdpMLineIndex: Number(index) };
      await connection.addIceCandidate(candidate).catch((error) => {
        // It may be closed by the time the candidate is used.
        if (connection.signalingState !== 'closed') throw error;
      });
    }
  }

  private reconnect(sessionId: string): void {
    if (this.ownId >= sessionId) return;
    this.signal({ method: 'reconnect', target: sessionId });
    this.drop(sessionId);
    this.link(sessionId);
  }

  private drop(sessionId: string): void {
    const link = this.links.get(sessionId);
    this.links.delete(sessionId);
    link?.connection.close();
  }

  private signal(content: object): void {
    this.tell(9001, content);
  }

  private tell(opCode: number, content: object): void {
    if (this.isClosed) return;
    void this.nakama.socket.sendMatchState(this.matchId, opCode, JSON.stringify(content));
  }

  private async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => this.waiting.add(resolve));
  }

  private wake(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}
