/** A description in words: which place takes what which way, seen from who wrote it. */
interface Words {
  readonly from: number;
  readonly round: number;
  /** Of an answer: the offer's. */
  readonly to?: string;
  readonly lines: readonly { readonly mid: string; readonly sends: boolean; readonly takes: boolean }[];
}

type Direction = RTCRtpTransceiverDirection;

const named = (sends: boolean, takes: boolean): Direction =>
  sends ? (takes ? 'sendrecv' : 'sendonly') : takes ? 'recvonly' : 'inactive';
const doesSend = (direction: Direction | null) => direction === 'sendrecv' || direction === 'sendonly';
const doesTake = (direction: Direction | null) => direction === 'sendrecv' || direction === 'recvonly';

class Place {
  mid: string | null = null;
  currentDirection: Direction | null = null;
  /** In the own offer that was answered last; null where an offer of the other end was since then. */
  offered: Direction | null = null;
  /** What the other end does, by their last description. */
  theirs = { sends: false, takes: false };
  readonly receiver = { track: { kind: 'audio' } as MediaStreamTrack };
  readonly sender: { track: MediaStreamTrack | null; replaceTrack(track: MediaStreamTrack): Promise<void> };

  constructor(
    readonly isOwn: boolean,
    private readonly look: () => void,
    public wish: Direction,
    track: MediaStreamTrack | null,
  ) {
    this.sender = {
      track,
      replaceTrack: async (other) => {
        this.sender.track = other;
      },
    };
  }

  get direction(): Direction {
    return this.wish;
  }

  set direction(wish: Direction) {
    this.wish = wish;
    this.look();
  }
}

/**
 * WebRTC’s rules of offer, answer and rollback, without any network: it throws where a browser would, at an answer to another
 * offer, an offer while one is out, and places that are not where they were.
 */
export class WordyPeer {
  static all: WordyPeer[] = [];
  signalingState: RTCSignalingState = 'stable';
  connectionState = 'new';
  remoteDescription: object | null = null;
  onnegotiationneeded: (() => void) | null = null;
  ontrack: ((event: object) => void) | null = null;
  readonly channels: { readyState: string; onopen: (() => void) | null; send(): void }[] = [];
  readonly places: Place[] = [];
  private readonly id = WordyPeer.all.length;
  private mids: readonly string[] = [];
  private rounds = 0;
  private mine = '';
  private theirs = '';
  private isNeeded = false;

  constructor() {
    WordyPeer.all.push(this);
  }

  createDataChannel() {
    const channel = { readyState: 'connecting', onopen: null, send() {} };
    this.channels.push(channel);
    return channel;
  }

  getTransceivers = () => this.places;
  getSenders = () => this.places.map(({ sender }) => sender);

  addTrack(track: MediaStreamTrack): void {
    this.places.push(new Place(true, () => this.look(), 'sendrecv', track));
    this.look();
  }

  removeTrack(sender: Place['sender']): void {
    const place = this.places.find((one) => one.sender === sender) as Place;
    sender.track = null;
    place.direction = named(false, doesTake(place.direction));
  }

  createOffer = async () => {
    const round = ++this.rounds;
    const fresh = this.places.filter(({ mid }) => mid === null);
    const mids = [...this.mids, ...fresh.map((_, index) => `${this.id}.${round}.${index}`)];
    const lines = mids.map((mid, index) => {
      const place = this.at(mid) ?? fresh[index - this.mids.length];
      return { mid, sends: doesSend(place?.direction ?? null), takes: doesTake(place?.direction ?? null) };
    });
    return { type: 'offer', sdp: JSON.stringify({ from: this.id, round, lines }) };
  };

  createAnswer = async () => {
    const lines = this.mids.map((mid) => {
      const { direction, theirs } = this.at(mid) as Place;
      return { mid, sends: doesSend(direction) && theirs.takes, takes: doesTake(direction) && theirs.sends };
    });
    const answer = { from: this.id, round: ++this.rounds, to: this.theirs, lines };
    return { type: 'answer', sdp: JSON.stringify(answer) };
  };

  private before: { mids: readonly string[]; fresh: readonly Place[] } = { mids: [], fresh: [] };

  setLocalDescription = async ({ type, sdp = '' }: { type: string; sdp?: string }) => {
    if (type === 'rollback' || (type === 'offer' && this.signalingState === 'have-local-offer'))
      this.rollBack();
    if (type === 'rollback') return;
    const { lines } = JSON.parse(sdp) as Words;
    if (type === 'offer') {
      if (this.signalingState !== 'stable') throw new Error('an offer out of turn');
      const fresh = this.places.filter(({ mid }) => mid === null);
      this.before = { mids: this.mids, fresh };
      for (const [index, place] of fresh.entries()) place.mid = lines[this.mids.length + index]?.mid ?? null;
      this.mids = lines.map(({ mid }) => mid);
      this.signalingState = 'have-local-offer';
    } else {
      for (const { mid, sends, takes } of lines)
        Object.assign(this.at(mid) as Place, { currentDirection: named(sends, takes), offered: null });
      this.settle();
    }
    this.mine = sdp;
    this.meet();
  };

  setRemoteDescription = async ({ type, sdp = '' }: { type: string; sdp?: string }) => {
    const { lines, to } = JSON.parse(sdp) as Words;
    if (type === 'offer' && this.signalingState !== 'stable') throw new Error('an offer out of turn');
    if (type === 'answer' && to !== this.mine) throw new Error('an answer to another offer');
    if (this.mids.some((mid, index) => lines[index]?.mid !== mid)) throw new Error('places in another order');
    for (const { mid, sends, takes } of lines) {
      const place = this.at(mid) ?? this.takeIn(mid);
      const isNews = sends && !(doesTake(place.currentDirection) && place.theirs.sends);
      place.theirs = { sends, takes };
      if (type === 'answer') {
        place.currentDirection = named(takes, sends);
        place.offered = this.offeredAs(mid);
      }
      if (isNews) this.ontrack?.({ track: place.receiver.track, streams: [], transceiver: place });
    }
    this.mids = lines.map(({ mid }) => mid);
    this.theirs = sdp;
    this.remoteDescription = {};
    if (type === 'offer') this.signalingState = 'have-remote-offer';
    else this.settle();
    this.meet();
  };

  addIceCandidate = async () => {};
  getStats = async () => new Map();

  close(): void {
    this.connectionState = 'closed';
  }

  private at = (mid: string) => this.places.find((place) => place.mid === mid);

  private offeredAs(mid: string): Direction | null {
    const line = (JSON.parse(this.mine) as Words).lines.find((one) => one.mid === mid);
    return line === undefined ? null : named(line.sends, line.takes);
  }

  private takeIn(mid: string): Place {
    let place = this.places.find((one) => one.mid === null && one.isOwn);
    if (place === undefined) {
      place = new Place(false, () => this.look(), 'recvonly', null);
      this.places.push(place);
    }
    place.mid = mid;
    return place;
  }

  private rollBack(): void {
    for (const place of this.before.fresh) place.mid = null;
    this.mids = this.before.mids;
    this.settle();
  }

  private settle(): void {
    this.signalingState = 'stable';
    this.isNeeded = false;
    this.look();
  }

  private look(): void {
    const isOff = ({ mid, direction, currentDirection, offered, theirs }: Place) => {
      if (mid === null) return true;
      if (offered !== null) return direction !== offered && direction !== currentDirection;
      return (
        named(doesSend(direction) && theirs.takes, doesTake(direction) && theirs.sends) !== currentDirection
      );
    };
    if (this.isNeeded || this.signalingState !== 'stable' || !this.places.some(isOff)) return;
    this.isNeeded = true;
    queueMicrotask(() => this.isNeeded && this.signalingState === 'stable' && this.onnegotiationneeded?.());
  }

  /** The channels open when both ends have answered each other for the first time. */
  private meet(): void {
    if (this.signalingState !== 'stable') return;
    for (const other of WordyPeer.all) {
      const isOver = this.connectionState === 'closed' || other.connectionState === 'closed';
      const isOne = (JSON.parse(this.theirs) as Words).from === other.id;
      if (isOver || !isOne || other.signalingState !== 'stable') continue;
      for (const { channels } of [this, other]) {
        if (channels.every(({ readyState }) => readyState === 'open')) continue;
        for (const channel of channels) channel.readyState = 'open';
        channels[0]?.onopen?.();
      }
    }
  }
}
