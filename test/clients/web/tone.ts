import wrtc from '@roamhq/wrtc';

interface Samples {
  readonly samples: Int16Array;
  readonly sampleRate: number;
}

interface Sink {
  ondata: ((heard: Samples) => void) | null;
  stop(): void;
}

const { RTCAudioSource, RTCAudioSink } = (wrtc as unknown as { nonstandard: Nonstandard }).nonstandard;

interface Nonstandard {
  RTCAudioSource: new () => { createTrack(): MediaStreamTrack; onData(data: Samples): void };
  RTCAudioSink: new (track: MediaStreamTrack) => Sink;
}

/** What WebRTC takes at once. */
const FRAME_MS = 10;
const RATE = 48_000;
const FRAME = RATE / (1_000 / FRAME_MS);
const HZ = 440;
const LOUD = 8_000;
/** Of a codec's leftovers there is less. */
const AUDIBLE = 1_000;
const SILENCE_MS = 500;

/** A tone that sounds until it is stopped, as a track. */
export class Tone {
  readonly track: MediaStreamTrack;
  private readonly sounding: ReturnType<typeof setInterval>;

  constructor() {
    const source = new RTCAudioSource();
    this.track = source.createTrack();
    const samples = Int16Array.from({ length: FRAME }, (_, at) =>
      Math.round(LOUD * Math.sin((2 * Math.PI * HZ * at) / RATE)),
    );
    this.sounding = setInterval(() => source.onData({ samples, sampleRate: RATE }), FRAME_MS);
  }

  stop(): void {
    clearInterval(this.sounding);
    this.track.stop();
  }
}

/** Resolves when the track is heard. */
export async function sounds(track: MediaStreamTrack): Promise<void> {
  const sink = new RTCAudioSink(track);
  await new Promise<void>((resolve) => {
    sink.ondata = ({ samples }) => isLoud(samples) && resolve();
  });
  sink.ondata = null;
  sink.stop();
}

/** Resolves when the track was not heard for a while. */
export async function isSilent(track: MediaStreamTrack): Promise<void> {
  const sink = new RTCAudioSink(track);
  await new Promise<void>((resolve) => {
    let silence = setTimeout(resolve, SILENCE_MS);
    sink.ondata = ({ samples }) => {
      if (!isLoud(samples)) return;
      clearTimeout(silence);
      silence = setTimeout(resolve, SILENCE_MS);
    };
  });
  sink.ondata = null;
  sink.stop();
}

function isLoud(samples: Int16Array): boolean {
  return samples.some((sample) => Math.abs(sample) > AUDIBLE);
}
