import type { PeerConnection } from './webrtc.ts';

export interface MeshSignals {
  peerConnected(peerId: number): void;
  peerDisconnected(peerId: number): void;
  complain(error: string): void;
}

/** Godot's WebRTCMultiplayer (3) and WebRTCMultiplayerPeer (4). */
export class Mesh {
  private uniqueId: number | null = null;
  private readonly peers = new Map<number, { connection: PeerConnection; isConnected: boolean }>();

  constructor(
    /** Godot 4 takes no peers before it has its own id. */
    private readonly isStrict: boolean,
    private readonly signals: MeshSignals,
  ) {}

  get ownId(): number | null {
    return this.uniqueId;
  }

  /** `initialize` of Godot 3, `create_mesh` of Godot 4. */
  initialize(peerId: number): void {
    this.uniqueId = peerId;
    for (const peer of this.peers.keys()) this.poll(peer);
  }

  addPeer(connection: PeerConnection, peerId: number): void {
    const isValid = peerId >= 1 && peerId <= 2 ** 31 - 1;
    if (!isValid || (this.isStrict && this.uniqueId === null)) {
      this.signals.complain(`add_peer ${peerId}: ${isValid ? 'unconfigured' : 'invalid parameter'}`);
      return;
    }
    connection.hasChannels = true;
    connection.onChange = () => this.poll(peerId);
    this.peers.set(peerId, { connection, isConnected: false });
  }

  removePeer(peerId: number): void {
    const peer = this.peers.get(peerId);
    this.peers.delete(peerId);
    if (peer?.isConnected) this.signals.peerDisconnected(peerId);
  }

  close(): void {
    for (const { connection } of this.peers.values()) connection.close();
    this.peers.clear();
    this.uniqueId = null;
  }

  private poll(peerId: number): void {
    const peer = this.peers.get(peerId);
    if (this.uniqueId === null || !peer || peer.isConnected === peer.connection.isLinked) return;
    peer.isConnected ||= peer.connection.isLinked;
    if (peer.connection.isLinked) this.signals.peerConnected(peerId);
    else this.removePeer(peerId);
  }
}
