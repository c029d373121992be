import { decodeFrame, encodeFrame, type Frame, NO_DATA } from '../../../clients/web/src/frame.ts';
import { Link } from '../../../clients/web/src/link.ts';
import type { LinkContext } from '../../../clients/web/src/link-context.ts';
import { PlayedConnection } from './played-connection.ts';

const TURN = [{ urls: 'turn:a' }];

/** A link between two clients that can go through the server; a test plays the network, the server and the other player. */
export class PlayedLink {
  readonly link: Link;
  /** What the game, and all others, see of it: each state with its step. */
  readonly shown: string[] = [];
  readonly signals: string[] = [];
  readonly frames: Frame[] = [];
  readonly got: string[] = [];
  canSignal = true;
  private number = 0;

  constructor(context: Partial<LinkContext> = {}, { turn = true } = {}) {
    const RTCPeerConnection = PlayedConnection as unknown as typeof globalThis.RTCPeerConnection;
    this.link = new Link({
      isOfferer: true,
      isAnnounced: true,
      can: ['fallback', 'ice_restart'],
      epoch: 0,
      connectionOptions: () => ({
        RTCPeerConnection,
        iceServers: turn ? TURN : [],
        relay: 'auto',
        hasWords: true,
      }),
      canSignal: () => this.canSignal,
      send: (signal) =>
        this.signals.push(signal.kind === 'description' ? `${signal.type} ${signal.sdp}` : signal.kind),
      sendByServer: (bytes) => {
        const frame = decodeFrame(bytes);
        if (frame !== null && this.canSignal) this.frames.push(frame);
        return this.canSignal;
      },
      refreshIce: async () => {},
      onState: (state) => this.shown.push(`${state} ${this.link.step}`),
      onMessage: (data) => this.got.push(String(data)),
      onDrained: () => {},
      onWords: () => {},
      onWord: () => {},
      media: null,
      onError: () => {},
      ...context,
    });
    this.link.open();
  }

  /** What was shown since it was last asked. */
  get news(): string[] {
    return this.shown.splice(0);
  }

  get texts(): string[] {
    return this.frames
      .filter(({ kind }) => kind === 'reliable')
      .map(({ data }) => new TextDecoder().decode(data));
  }

  /** The other player's frame, through the server. */
  hear(frame: Partial<Frame> = { kind: 'echo', number: Date.now() }): void {
    const whole = { epoch: 0, number: 0, isLast: true, isText: true, sentMs: 0, data: NO_DATA };
    this.link.onFrame(encodeFrame({ kind: 'echo', ...whole, ...frame }));
  }

  hearText(text: string): void {
    this.hear({ kind: 'reliable', number: ++this.number, data: new TextEncoder().encode(text) });
  }
}

export const latest = () => PlayedConnection.made.at(-1) as PlayedConnection;
export const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
