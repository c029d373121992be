import { decodeFrame } from '../../../clients/web/src/frame.ts';

interface PlayedChannel {
  readyState: string;
  onopen: (() => void) | null;
  readonly sent: Uint8Array[];
  send(data: Uint8Array): void;
}

/** WebRTC whose network a test plays. */
export class PlayedConnection {
  static made: PlayedConnection[] = [];
  connectionState: RTCPeerConnectionState = 'new';
  signalingState = 'have-local-offer';
  isClosed = false;
  onconnectionstatechange: (() => void) | null = null;
  readonly channels: PlayedChannel[] = [];
  policy: RTCIceTransportPolicy | undefined;
  private pair: object[] = [];

  constructor({ iceTransportPolicy }: RTCConfiguration = {}) {
    this.policy = iceTransportPolicy;
    PlayedConnection.made.push(this);
  }

  createDataChannel() {
    const sent: Uint8Array[] = [];
    const channel: PlayedChannel = {
      ...{ readyState: 'connecting', onopen: null, sent },
      send: (data) => sent.push(data),
    };
    this.channels.push(channel);
    return channel;
  }

  createOffer = async ({ iceRestart = false }) => ({ type: 'offer', sdp: iceRestart ? 'restart' : 'first' });
  createAnswer = async () => ({ type: 'answer', sdp: 'answer' });
  setLocalDescription = async () => {};
  setRemoteDescription = async () => {};

  open(): void {
    for (const channel of this.channels) channel.readyState = 'open';
    this.channels[0]?.onopen?.();
  }

  /** The reliable messages that went out by it. */
  texts(): string[] {
    return this.channels.flatMap(({ sent }) =>
      sent
        .map((bytes) => decodeFrame(bytes))
        .filter((frame) => frame?.kind === 'reliable')
        .map((frame) => new TextDecoder().decode(frame?.data)),
    );
  }

  getConfiguration = () => ({});
  setConfiguration = ({ iceTransportPolicy = this.policy }: RTCConfiguration) => {
    this.policy = iceTransportPolicy;
  };

  getStats = async () => new Map(this.pair.map((report, index) => [index, report]));

  /** The statistics say so from now on. */
  answersBy(candidateType: 'host' | 'relay'): void {
    const pair = {
      id: 'p',
      type: 'candidate-pair',
      state: 'succeeded',
      nominated: true,
      currentRoundTripTime: 0.03,
    };
    this.pair = [
      { ...pair, localCandidateId: 'l', remoteCandidateId: 'r' },
      { id: 'l', type: 'local-candidate', candidateType },
      { id: 'r', type: 'remote-candidate', candidateType: 'host' },
    ];
  }

  becomes(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  close(): void {
    this.isClosed = true;
  }
}
