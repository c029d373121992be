import fc from 'fast-check';
import { Link } from '../../../clients/web/src/link.ts';
import type { Signal } from '../../../src/protocol/peer-method.ts';

// The signals of one link, in every order and twice: whatever comes late changes nothing, and in the end the link is up.

/** WebRTC that is up when both ends have each other's descriptions of the same round of offer and answer. */
class Peer {
  static made = 0;
  static all: Peer[] = [];
  readonly id = ++Peer.made;
  signalingState = 'stable';
  connectionState = 'new';
  onconnectionstatechange: (() => void) | null = null;
  readonly channels: { readyState: string; onopen: (() => void) | null; send(): void }[] = [];
  local = '';
  remote = '';

  constructor() {
    Peer.all.push(this);
  }

  createDataChannel() {
    const channel = { readyState: 'connecting', onopen: null, send() {} };
    this.channels.push(channel);
    return channel;
  }

  private rounds = 0;
  createOffer = async () => ({ type: 'offer', sdp: `offer ${this.id}.${++this.rounds}` });
  createAnswer = async () => ({ type: 'answer', sdp: `answer ${this.id} to ${this.remote}` });
  setLocalDescription = async ({ type, sdp }: RTCSessionDescriptionInit) => {
    this.local = sdp ?? '';
    this.signalingState = type === 'offer' ? 'have-local-offer' : 'stable';
    this.look();
  };
  setRemoteDescription = async ({ type, sdp }: RTCSessionDescriptionInit) => {
    if (type === 'answer' && !sdp?.endsWith(` to ${this.local}`))
      throw new Error('an answer to another offer');
    this.remote = sdp ?? '';
    this.signalingState = type === 'offer' ? 'have-remote-offer' : 'stable';
    this.look();
  };
  addIceCandidate = async () => {};
  getStats = async () => new Map();

  close(): void {
    this.connectionState = 'closed';
  }

  private look(): void {
    for (const other of Peer.all) {
      const isAnswered = this.remote === other.local && other.remote === this.local && this.local !== '';
      const isOver = this.connectionState === 'closed' || other.connectionState === 'closed';
      if (other === this || !isAnswered || isOver) continue;
      for (const end of [this, other]) end.open();
    }
  }

  private open(): void {
    for (const channel of this.channels) channel.readyState = 'open';
    this.channels[0]?.onopen?.();
  }
}

interface Sent {
  readonly to: 0 | 1;
  readonly signal: Signal;
}

class Pair {
  readonly sent: Sent[] = [];
  readonly errors: string[] = [];
  readonly links: [Link, Link];

  constructor() {
    const RTCPeerConnection = Peer as unknown as typeof globalThis.RTCPeerConnection;
    const end = (own: 0 | 1) =>
      new Link({
        ...{ isOfferer: own === 0, isAnnounced: true, epoch: 0, can: ['fallback', 'ice_restart'] as const },
        connectionOptions: () => ({ RTCPeerConnection, iceServers: [], relay: 'auto', hasWords: true }),
        canSignal: () => true,
        send: (signal) => this.sent.push({ to: own === 0 ? 1 : 0, signal }),
        sendByServer: () => true,
        refreshIce: async () => {},
        ...{
          onState: () => {},
          onMessage: () => {},
          onWords: () => {},
          onWord: () => {},
          onDrained: () => {},
        },
        media: null,
        onError: ({ message }) => this.errors.push(message),
      });
    this.links = [end(0), end(1)];
    for (const link of this.links) link.open();
  }

  close(): void {
    for (const link of this.links) link.close();
  }
}

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  jest.useFakeTimers();
  Peer.all = [];
});
afterEach(() => jest.useRealTimers());

const step = fc.record({
  at: fc.nat(),
  isTwice: fc.boolean(),
  isDropped: fc.boolean(),
  isAsked: fc.boolean(),
  ms: fc.constantFrom(0, 0, 0, 100, 5_000),
});

test('whatever order they come in, and however often, the link is up in the end', async () => {
  const property = fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
    const pair = new Pair();
    const late: Sent[] = [];
    for (const { at, isTwice, isDropped, isAsked, ms } of steps) {
      await pass(ms);
      if (isAsked) pair.links[1].onSignal({ kind: 'reconnect', connection: 0 });
      const [one] = pair.sent.splice(at % Math.max(1, pair.sent.length), 1);
      if (one === undefined) continue;
      late.push(one);
      if (!isDropped) pair.links[one.to].onSignal(one.signal);
      if (isTwice) pair.links[one.to].onSignal(one.signal);
    }
    // From now on the network is as it should be; what was late comes between.
    for (
      let rounds = 0;
      rounds < 400 && pair.links.some(({ negotiation }) => !negotiation.isOpen);
      rounds++
    ) {
      await pass(250);
      for (const { to, signal } of pair.sent.splice(0)) pair.links[to].onSignal(signal);
    }
    expect(pair.links.map(({ state, step: by }) => [state, by])).toEqual([
      ['connected', 'direct'],
      ['connected', 'direct'],
    ]);

    const connections = pair.links.map(({ connection }) => connection);
    for (const { to, signal } of late) if (signal.kind !== 'reconnect') pair.links[to].onSignal(signal);
    await pass(0);
    expect(pair.links.map(({ connection }) => connection)).toEqual(connections);
    expect(pair.links.every(({ state }) => state === 'connected')).toBe(true);
    const [one, other] = connections as unknown as [Peer, Peer];
    expect([one.remote, other.remote]).toEqual([other.local, one.local]);
    pair.close();
  });
  await fc.assert(property, { numRuns: 60 });
});
