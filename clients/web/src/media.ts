import type { OwnTrack } from './own-tracks.ts';

export interface MediaEvents {
  /** A track of the other player's begins; told when the channels are open, too. */
  onTrack(track: MediaStreamTrack, streams: readonly MediaStream[]): void;
  /** It was taken away, or its connection is of no more use. */
  onTrackEnded(track: MediaStreamTrack): void;
  /** WebRTC did not take a track. The data goes on. */
  onTrackRefused(cause: unknown): void;
}

/** A track of the other player's. */
interface Heard {
  readonly streams: readonly MediaStream[];
  readonly transceiver: RTCRtpTransceiver;
  readonly isTold: boolean;
}

/** The tracks of one connection, both ways. */
export class Media {
  readonly #raw: RTCPeerConnection;
  readonly #events: MediaEvents;
  readonly #heard = new Map<MediaStreamTrack, Heard>();

  /** `onNeeded`: what is sent is another than the two ends have agreed upon. */
  constructor(raw: RTCPeerConnection, events: MediaEvents, onNeeded: () => void) {
    this.#raw = raw;
    this.#events = events;
    raw.ontrack = ({ track, streams, transceiver }) => {
      const isTold = this.#heard.get(track)?.isTold ?? false;
      this.#heard.set(track, { streams, transceiver, isTold });
    };
    // Before the first descriptions only one side offers; WebRTC says it again after them if need be.
    raw.onnegotiationneeded = () => raw.remoteDescription !== null && onNeeded();
  }

  /** Sends these tracks and no others. Who has a place in the descriptions is silent at once, without another offer. */
  async send(tracks: readonly OwnTrack[]): Promise<void> {
    const wanted = tracks.map(({ track }) => track);
    for (const sender of this.#raw.getSenders())
      if (sender.track !== null && !wanted.includes(sender.track)) this.#raw.removeTrack(sender);
    const sent = this.#raw.getSenders().map(({ track }) => track);
    for (const own of tracks.filter(({ track }) => !sent.includes(track))) {
      try {
        await this.#attach(own);
      } catch (cause) {
        this.#events.onTrackRefused(cause);
      }
    }
  }

  /** After each pair of descriptions: tells what has begun, once `isOpen`, and what has ended. */
  look(isOpen: boolean): void {
    for (const [track, heard] of this.#heard) {
      if (!isReceived(heard.transceiver)) this.#end(track, heard);
      else if (isOpen && !heard.isTold) {
        this.#heard.set(track, { ...heard, isTold: true });
        this.#events.onTrack(track, heard.streams);
      }
    }
  }

  close(): void {
    this.#raw.ontrack = null;
    this.#raw.onnegotiationneeded = null;
    for (const [track, heard] of this.#heard) this.#end(track, heard);
  }

  /** A place that a track had before is taken again: descriptions would grow with each. */
  async #attach({ track, streams }: OwnTrack): Promise<void> {
    const free = this.#raw
      .getTransceivers()
      .find(
        ({ sender, receiver, currentDirection }) =>
          sender.track === null && receiver.track.kind === track.kind && currentDirection !== 'stopped',
      );
    if (free === undefined) {
      this.#raw.addTrack(track, ...streams);
      return;
    }
    await free.sender.replaceTrack(track);
    free.sender.setStreams?.(...streams);
    free.direction = free.direction === 'inactive' || free.direction === 'sendonly' ? 'sendonly' : 'sendrecv';
  }

  #end(track: MediaStreamTrack, { isTold }: Heard): void {
    this.#heard.delete(track);
    if (isTold) this.#events.onTrackEnded(track);
  }
}

function isReceived({ currentDirection }: RTCRtpTransceiver): boolean {
  return currentDirection === 'sendrecv' || currentDirection === 'recvonly';
}
