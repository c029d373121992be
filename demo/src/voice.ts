import { type OnlineMatch, OnlineMatchError, type PlayerTrack } from '../../clients/web/src/index.ts';
import { MicButton } from './mic-button.ts';

interface VoiceEvents {
  /** What went wrong, and what to do. */
  onProblem(sentence: string): void;
  onChanged(): void;
}

/** The players' voices: this one's microphone, which is off at first, and the others' loudspeakers. */
export class Voice {
  readonly #events: VoiceEvents;
  readonly #button = new MicButton(() => void this.#toggle());
  readonly #speakers = new Map<MediaStreamTrack, { peerId: number; audio: HTMLAudioElement }>();
  #match: OnlineMatch | null = null;
  #track: MediaStreamTrack | null = null;
  #stops: (() => void)[] = [];

  constructor(events: VoiceEvents) {
    this.#events = events;
  }

  /** Whether the microphone is on. */
  get isOn(): boolean {
    return this.#track !== null;
  }

  /** Whether this player's voice comes from here. */
  isHeard(peerId: number): boolean {
    return [...this.#speakers.values()].some((speaker) => speaker.peerId === peerId);
  }

  begin(match: OnlineMatch): void {
    this.#match = match;
    this.#stops = [
      match.on('track', (heard) => this.#play(heard)),
      match.on('trackEnded', ({ track }) => this.#silence(track)),
    ];
  }

  end(): void {
    for (const stop of this.#stops.splice(0)) stop();
    for (const track of this.#speakers.keys()) this.#silence(track);
    this.#turnOff();
    this.#match = null;
  }

  async #toggle(): Promise<void> {
    const match = this.#match;
    if (this.isOn) this.#turnOff();
    else if (match !== null) {
      this.#button.show('asking');
      await this.#turnOn(match).catch((error) => this.#events.onProblem(sentenceFor(error)));
      this.#button.show(this.isOn ? 'on' : 'off');
    }
    this.#events.onChanged();
  }

  async #turnOn(match: OnlineMatch): Promise<void> {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const [track] = stream.getAudioTracks();
    try {
      // The player may have left while the browser asked them.
      if (track === undefined || match !== this.#match) throw new DOMException('', 'AbortError');
      match.addTrack(track, { stream });
    } catch (error) {
      track?.stop();
      throw error;
    }
    this.#track = track;
    track.addEventListener('ended', () => {
      if (track !== this.#track) return;
      this.#turnOff();
      this.#events.onProblem('The microphone is gone. Plug it in, or allow it again, and turn it on.');
      this.#events.onChanged();
    });
  }

  #turnOff(): void {
    const track = this.#track;
    this.#track = null;
    this.#button.show('off');
    if (track === null) return;
    if (this.#match?.matchId) this.#match.removeTrack(track);
    track.stop();
  }

  #play({ player: { peerId }, track }: PlayerTrack): void {
    const audio = new Audio();
    audio.srcObject = new MediaStream([track]);
    this.#speakers.set(track, { peerId, audio });
    const touched = new AbortController();
    const isOver = () => this.#speakers.get(track)?.audio !== audio;
    const start = () => (isOver() ? touched.abort() : audio.play().then(() => touched.abort()));
    // A browser lets nothing sound before the first touch: whoever came by a link may not have touched the page.
    for (const touch of ['click', 'keydown'])
      addEventListener(touch, () => void start()?.catch(() => {}), touched);
    start()?.catch(() => {});
    this.#events.onChanged();
  }

  #silence(track: MediaStreamTrack): void {
    const speaker = this.#speakers.get(track);
    this.#speakers.delete(track);
    if (speaker !== undefined) speaker.audio.srcObject = null;
    this.#events.onChanged();
  }
}

function sentenceFor(error: unknown): string {
  if (error instanceof OnlineMatchError)
    return 'Nobody can hear you in this room: voices need a Nakama with the module that makes rooms.';
  switch ((error as { name?: unknown } | null)?.name) {
    case 'NotAllowedError':
      return 'The browser was not allowed to use the microphone. Allow it beside the address of this page, and turn it on again.';
    case 'NotFoundError':
      return 'There is no microphone. Plug one in, and turn it on again.';
    case 'AbortError':
      return 'The microphone was not turned on. Try again.';
    default:
      return 'The microphone does not work. Another program may use it: close that, and turn it on again.';
  }
}
