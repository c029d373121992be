/** What a data channel carries. */
export type Data = string | ArrayBuffer | ArrayBufferView;

export interface ChannelEvents {
  /** All channels are open. */
  onOpen(): void;
  /** One of them closed. */
  onClose(): void;
  onMessage(data: string | ArrayBuffer, reliable: boolean): void;
  /** Words can be said now. */
  onWords(): void;
  /** A word of the other library, of which the games know nothing. */
  onWord(word: string): void;
}

/** The id of the channel between two libraries; games with Godot's addon use the ids up to its own channels. */
const WORDS_ID = 100;

/**
 * The game's two data channels, agreed upon beforehand with the ids and the settings of Godot's WebRTCMultiplayerPeer, whose
 * own are 1 (reliable), 2 (unreliable, in order) and 3 (unreliable). A third, lossy one is the libraries' own; it is
 * only there where both players announced themselves, and no link waits for it.
 */
export class Channels {
  readonly #reliable: RTCDataChannel;
  readonly #unreliable: RTCDataChannel;
  readonly #words: RTCDataChannel | null;

  constructor(connection: RTCPeerConnection, hasWords: boolean, events: ChannelEvents) {
    this.#reliable = connection.createDataChannel('reliable', { negotiated: true, id: 1 });
    this.#unreliable = connection.createDataChannel('unreliable', {
      negotiated: true,
      id: 3,
      ordered: false,
      maxPacketLifeTime: 1,
    });
    this.#words = hasWords
      ? connection.createDataChannel('words', {
          negotiated: true,
          id: WORDS_ID,
          ordered: false,
          maxRetransmits: 0,
        })
      : null;
    if (this.#words !== null) {
      this.#words.onopen = () => events.onWords();
      this.#words.onmessage = ({ data }) => events.onWord(String(data));
    }
    for (const channel of this.#all) {
      channel.binaryType = 'arraybuffer';
      channel.onopen = () => this.isOpen && events.onOpen();
      channel.onclose = () => events.onClose();
      channel.onmessage = ({ data }) => events.onMessage(data, channel === this.#reliable);
    }
  }

  get isOpen(): boolean {
    return this.#all.every(({ readyState }) => readyState === 'open');
  }

  send(data: Data, reliable: boolean): void {
    const channel = reliable ? this.#reliable : this.#unreliable;
    channel.send(data as string);
  }

  /** Bytes that were sent and did not go out yet. */
  get bufferedAmount(): number {
    return this.#reliable.bufferedAmount;
  }

  /** May be lost, as any word may. */
  say(word: string): void {
    if (this.#words?.readyState === 'open') this.#words.send(word);
  }

  /** From now on they call nobody; they close with their connection. */
  silence(): void {
    if (this.#words !== null) {
      this.#words.onopen = null;
      this.#words.onmessage = null;
    }
    for (const channel of this.#all) {
      channel.onopen = null;
      channel.onclose = null;
      channel.onmessage = null;
    }
  }

  get #all(): RTCDataChannel[] {
    return [this.#reliable, this.#unreliable];
  }
}
