import { Mesh } from './mesh.ts';
import type { Player } from './players.ts';
import { entryOf, fieldOf, given, type Script } from './script.ts';
import type { Emit, Situation } from './situation.ts';
import type { Variant } from './variants.ts';
import { type Ether, PeerConnection } from './webrtc.ts';

/** Sends one 9001. */
export type SendPeerMethod = (method: string, target: string, values: Record<string, unknown>) => void;

export interface PeersContext {
  readonly variant: Variant;
  readonly now: Situation;
  readonly script: Script;
  readonly ether: Ether;
  readonly emit: Emit;
  readonly send: SendPeerMethod;
  /** An error that the engine prints, and goes on. */
  complain(error: string): void;
}

/** The WebRTC half of OnlineMatch: `_webrtc_peers`, who of them is connected, and when the match is ready. */
export class Peers {
  mesh: Mesh;
  private readonly connections = new Map<string, PeerConnection>();
  private readonly connected = new Set<string>();

  constructor(private readonly context: PeersContext) {
    this.mesh = this.newMesh();
  }

  get connectedIds(): string[] {
    return [...this.connected];
  }

  has(sessionId: string): boolean {
    return this.connections.has(sessionId);
  }

  reset(): void {
    this.mesh = this.newMesh();
    this.connections.clear();
    this.connected.clear();
  }

  areAllConnected(): boolean {
    return this.connected.size === this.context.now.players.size - 1;
  }

  /** The link breaks, though nobody left. */
  drop(sessionId: string): void {
    this.connections.get(sessionId)?.lose();
  }

  connect = (player: Player | null, isReconnect = false): void => {
    const { now, script, emit, variant } = this.context;
    script.run('_webrtc_connect_peer', () => {
      const { session_id: sessionId, peer_id: peerId } = given(player, 'session_id of null');
      if (this.connections.has(sessionId)) return;
      if (now.state === 'READY') emit('match_not_ready', null);
      if (variant.connectingUnless(now.state, isReconnect)) now.state = 'CONNECTING';
      const connection = this.newConnection(sessionId);
      this.connections.set(sessionId, connection);
      this.mesh.addPeer(connection, peerId);
      if (now.mySessionId < sessionId && !connection.createOffer())
        emit('error', 'Unable to create WebRTC offer');
    });
  };

  disconnect(player: Player): void {
    this.context.script.run('_webrtc_disconnect_peer', () => {
      entryOf(this.connections, player.session_id).close();
      this.connections.delete(player.session_id);
      if (this.context.variant.forgetsLinksOfLeavers) this.connected.delete(player.session_id);
    });
  }

  /** What a 9001 that is for this player asks. */
  handle(sessionId: string, content: unknown): void {
    const connection = entryOf(this.connections, sessionId);
    const field = (name: string) => fieldOf(content, name);
    switch (field('method')) {
      case 'set_remote_description':
        connection.setRemoteDescription(field('type'), field('sdp'));
        break;
      case 'add_ice_candidate':
        connection.addIceCandidate(field('media'), field('index'), field('name'));
        break;
      case 'reconnect': {
        const player = entryOf(this.context.now.players, sessionId);
        this.mesh.removePeer(player.peer_id);
        this.reconnect(player);
      }
    }
  }

  private reconnect(player: Player): void {
    const { now, script, emit } = this.context;
    script.run('_webrtc_reconnect_peer', () => {
      entryOf(this.connections, player.session_id).close();
      this.connected.delete(player.session_id);
      this.connections.delete(player.session_id);
      this.connect(player, true);
      if (now.state !== 'READY') return;
      now.state = 'CONNECTING';
      emit('match_not_ready', null);
    });
  }

  private onConnected(peerId: number): void {
    const { now, script, emit } = this.context;
    script.run('_on_webrtc_peer_connected', () => {
      for (const sessionId of now.players.keys()) {
        if (entryOf(now.players, sessionId).peer_id !== peerId) continue;
        this.connected.add(sessionId);
        emit('player_connected', sessionId);
      }
      if (!this.areAllConnected()) return;
      now.state = now.hasEnoughPlayers() ? 'READY' : 'WAITING_FOR_ENOUGH_PLAYERS';
      if (now.state === 'READY') emit('match_ready', now.players);
    });
  }

  /** One side, that which made the offer, makes the link anew and asks the other to do the same. */
  private onDisconnected(peerId: number): void {
    const { now, script, send } = this.context;
    script.run('_on_webrtc_peer_disconnected', () => {
      for (const sessionId of now.players.keys()) {
        const player = entryOf(now.players, sessionId);
        if (player.peer_id !== peerId || now.mySessionId >= sessionId) continue;
        send('reconnect', sessionId, {});
        this.reconnect(player);
      }
    });
  }

  private newMesh(): Mesh {
    const mesh: Mesh = new Mesh(this.context.variant.engine === 'godot4', {
      peerConnected: (peerId) => mesh === this.mesh && this.onConnected(peerId),
      peerDisconnected: (peerId) => mesh === this.mesh && this.onDisconnected(peerId),
      complain: this.context.complain,
    });
    return mesh;
  }

  private newConnection(sessionId: string): PeerConnection {
    const { ether, send, complain } = this.context;
    return new PeerConnection(
      ether,
      (type, sdp) => send('set_remote_description', sessionId, { type, sdp }),
      (media, index, name) => send('add_ice_candidate', sessionId, { media, index, name }),
      complain,
    );
  }
}
