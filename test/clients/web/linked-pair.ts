import { Link } from '../../../clients/web/src/link.ts';
import { type OwnTrack, OwnTracks } from '../../../clients/web/src/own-tracks.ts';
import type { Signal } from '../../../src/protocol/peer-method.ts';

interface PairOptions {
  readonly RTCPeerConnection: typeof globalThis.RTCPeerConnection;
  /** When a signal arrives, if at all. */
  carry(arrive: () => void, signal: Signal, from: 0 | 1): void;
}

/** One end of a link, with what its game did and heard. */
export class End {
  readonly tracks = new OwnTracks();
  /** The other player's tracks that there are now, and how often one began. */
  readonly heard = new Set<MediaStreamTrack>();
  begun = 0;
  readonly states: string[] = [];
  readonly got: string[] = [];
  readonly errors: string[] = [];
  readonly sent: Signal[] = [];
  canSignal = true;
  link!: Link;

  add(track: MediaStreamTrack): void {
    const own: OwnTrack = { track, streams: [] };
    this.tracks.add('all', own);
    this.link.negotiation.updateTracks();
  }

  remove(track: MediaStreamTrack): void {
    this.tracks.remove('all', track);
    this.link.negotiation.updateTracks();
  }

  get connection(): RTCPeerConnection {
    return this.link.connection as RTCPeerConnection;
  }
}

/** Two ends of one link that take tracks, and the signals between them as a test carries them. */
export class LinkedPair {
  readonly ends: readonly [End, End] = [new End(), new End()];

  constructor({ RTCPeerConnection, carry }: PairOptions) {
    for (const at of [0, 1] as const) {
      const end = this.ends[at];
      const other = this.ends[at === 0 ? 1 : 0];
      end.link = new Link({
        ...{ isOfferer: at === 0, isAnnounced: true, epoch: 0, can: ['fallback', 'ice_restart', 'media'] },
        connectionOptions: () => ({ RTCPeerConnection, iceServers: [], relay: 'auto', hasWords: true }),
        canSignal: () => end.canSignal,
        send: (signal) => {
          end.sent.push(signal);
          carry(() => other.link.onSignal(signal), signal, at);
        },
        sendByServer: () => true,
        refreshIce: async () => {},
        media: {
          tracks: () => end.tracks.to(1),
          onTrack: (track) => {
            end.begun++;
            end.heard.add(track);
          },
          onTrackEnded: (track) => end.heard.delete(track),
          onTrackRefused: (cause) => end.errors.push(String(cause)),
        },
        onState: (state) => end.states.push(`${state} ${end.link.step}`),
        onMessage: (data) => end.got.push(String(data)),
        ...{ onWords: () => {}, onWord: () => {}, onDrained: () => {} },
        onError: ({ message }) => end.errors.push(message),
      });
    }
  }

  open(): void {
    for (const { link } of this.ends) link.open();
  }

  close(): void {
    for (const { link } of this.ends) link.close();
  }
}
