/** What a data channel carries. */
export type Data = string | ArrayBuffer | ArrayBufferView<ArrayBuffer>;

export interface ChannelEvents {
  /** All channels are open. */
  onOpen(): void;
  /** One of them closed. */
  onClose(): void;
  onMessage(data: string | ArrayBuffer, reliable: boolean): void;
}

/**
 * Two data channels, agreed upon beforehand with the ids and the settings of Godot's WebRTCMultiplayerPeer, whose
 * own are 1 (reliable), 2 (unreliable, in order) and 3 (unreliable).
 */
export class Channels {
  readonly #reliable: RTCDataChannel;
  readonly #unreliable: RTCDataChannel;

  constructor(connection: RTCPeerConnection, events: ChannelEvents) {
    this.#reliable = connection.createDataChannel('reliable', { negotiated: true, id: 1 });
    this.#unreliable = connection.createDataChannel('unreliable', {
      negotiated: true,
      id: 3,
      ordered: false,
      maxPacketLifeTime: 1,
    });
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

  /** From now on they call nobody; they close with their connection. */
  silence(): void {
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
