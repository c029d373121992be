import { randomInt } from 'node:crypto';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { FRAME_MS } from './nakama-socket.ts';
import { candidatesOf, sdpOf, ufragIn } from './sdp.ts';

export type Described = (type: 'offer' | 'answer', sdp: string) => void;
export type Found = (media: string, index: number, name: string) => void;

/** Where connections meet: two that have each other's description and a candidate are a link. */
export class Ether {
  private readonly ends = new Map<string, PeerConnection>();

  constructor(readonly candidatesPerPeer: 2 | 3 | 4 = 4) {}

  /**
   * The engine finds descriptions in a thread of its own; the game gets them with one of its next frames, in
   * which it reads its socket too, however long this process was busy with other games.
   */
  async untilDescribed(): Promise<void> {
    await sleep(FRAME_MS);
    await nextTurn();
  }

  enter(end: PeerConnection): void {
    this.ends.set(end.ufrag, end);
  }

  leave(end: PeerConnection): void {
    this.ends.delete(end.ufrag);
  }

  /** The other end, once both sides have all they need. */
  partnerOf(end: PeerConnection): { lose(): void; link(): void } | null {
    const other = this.ends.get(end.remoteUfrag);
    return other?.isSettled && other.remoteUfrag === end.ufrag ? other : null;
  }
}

/** Of a recorded client's game: its partner is not here, so what it received is all there is to go by. */
export class RecordedEther extends Ether {
  override partnerOf() {
    return { lose: () => {}, link: () => {} };
  }

  override async untilDescribed(): Promise<void> {
    for (let turn = 0; turn < 2; turn++) await nextTurn();
  }
}

/** A WebRTC connection as far as signalling goes; it breaks the rules that a real one would break. */
export class PeerConnection {
  readonly ufrag = String(randomInt(2 ** 32)).padStart(10, '0');
  remoteUfrag = '';
  isLinked = false;
  /** Set by the mesh: without data channels there is nothing to connect. */
  hasChannels = false;
  onChange = () => {};
  private signalling: 'new' | 'offered' | 'stable' | 'closed' = 'new';
  private candidates = 0;
  private isLost = false;

  constructor(
    private readonly ether: Ether,
    private readonly described: Described,
    private readonly found: Found,
    private readonly complain: (error: string) => void,
  ) {
    ether.enter(this);
  }

  get isSettled(): boolean {
    return this.signalling === 'stable' && this.candidates > 0 && !this.isLost;
  }

  /** False where the engine answers with an error. */
  createOffer(): boolean {
    if (!this.hasChannels || this.signalling !== 'new') return false;
    this.signalling = 'offered';
    this.describe('offer');
    return true;
  }

  setRemoteDescription(type: unknown, sdp: unknown): void {
    const ufrag = typeof sdp === 'string' ? ufragIn(sdp) : null;
    const expected = { new: 'offer', offered: 'answer', stable: null, closed: null }[this.signalling];
    const problem = this.hasChannels ? this.signalling : 'outside the mesh';
    if (!this.hasChannels || ufrag === null || type !== expected) {
      this.complain(`set_remote_description ${type}: ${problem}`);
      return;
    }
    this.remoteUfrag = ufrag;
    this.signalling = 'stable';
    if (type === 'offer') this.describe('answer');
    this.tryToLink();
  }

  addIceCandidate(media: unknown, index: unknown, name: unknown): void {
    const isCandidate = typeof media === 'string' && typeof index === 'number' && typeof name === 'string';
    if (!this.hasChannels || this.remoteUfrag === '' || !isCandidate) {
      this.complain(`add_ice_candidate ${name}: ${this.hasChannels ? this.signalling : 'outside the mesh'}`);
      return;
    }
    this.candidates++;
    this.tryToLink();
  }

  link(): void {
    this.isLinked = true;
    setImmediate(() => this.onChange());
  }

  /** The other end is gone, or the network is; nothing that still comes links it again. */
  lose(): void {
    this.isLost = true;
    this.isLinked = false;
    setImmediate(() => this.onChange());
  }

  close(): void {
    if (this.isLinked) this.ether.partnerOf(this)?.lose();
    this.ether.leave(this);
    this.signalling = 'closed';
    this.isLinked = false;
    this.onChange = () => {};
  }

  private async describe(type: 'offer' | 'answer'): Promise<void> {
    await this.ether.untilDescribed();
    if (this.signalling === 'closed') return;
    this.described(type, sdpOf(type, this.ufrag));
    for (const name of candidatesOf(this.ether.candidatesPerPeer)) this.found('0', 0, name);
  }

  private tryToLink(): void {
    const partner = this.isSettled && !this.isLinked ? this.ether.partnerOf(this) : null;
    if (!partner) return;
    this.link();
    partner.link();
  }
}
