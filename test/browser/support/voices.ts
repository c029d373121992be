import type { Page } from 'playwright-core';

/** For a browser whose microphone beeps, and where `tag.test` is this computer under a name that is not trusted. */
export const MICROPHONE = [
  '--use-fake-device-for-media-stream',
  '--host-resolver-rules=MAP tag.test 127.0.0.1',
] as const;

interface Watched {
  peers: RTCPeerConnection[];
  closedChannels: number;
  longestDescription: number;
}

/** Keeps what the page's WebRTC makes. Runs in the page, before all else. */
export function watchVoices(): void {
  const watched: Watched = { peers: [], closedChannels: 0, longestDescription: 0 };
  Object.assign(window, { watched });
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      watched.peers.push(this);
    }

    override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
      const channel = super.createDataChannel(label, options);
      channel.addEventListener('close', () => watched.closedChannels++);
      return channel;
    }

    override async setLocalDescription(description?: RTCLocalSessionDescriptionInit): Promise<void> {
      await super.setLocalDescription(description);
      const { length } = this.localDescription?.sdp ?? '';
      watched.longestDescription = Math.max(watched.longestDescription, length);
    }
  };
}

/** The energy of what each of a page's connections has sounded so far, of those that carry sound. Runs in the page. */
async function energies(): Promise<number[]> {
  const { peers } = (window as unknown as { watched: Watched }).watched;
  const heard: number[] = [];
  for (const peer of peers.filter(({ connectionState }) => connectionState === 'connected')) {
    const reports = (await peer.getStats()) as unknown as Map<string, Record<string, unknown>>;
    for (const { type, kind, totalAudioEnergy } of reports.values())
      if (type === 'inbound-rtp' && kind === 'audio') heard.push(Number(totalAudioEnergy ?? 0));
  }
  return heard;
}

const LOOK_EVERY_MS = 250;
/** The microphone beeps once a second. */
const SILENCE_MS = 3_000;
const PATIENCE_MS = 40_000;

/** Waits until the sound of so many others has risen from now on. */
export async function hears(page: Page, count: number): Promise<void> {
  const before = await page.evaluate(energies);
  for (const endMs = Date.now() + PATIENCE_MS; ; ) {
    const now = await page.evaluate(energies);
    const louder = now.filter((energy, index) => energy > (before[index] ?? 0) + 1e-6);
    if (louder.length >= count) return;
    if (Date.now() > endMs) throw new Error(`heard ${louder.length} of ${count}: ${before} then ${now}`);
    await page.waitForTimeout(LOOK_EVERY_MS);
  }
}

/** Waits until nothing has sounded for as long as the microphone would have beeped in thrice. */
export async function hearsNobody(page: Page): Promise<void> {
  const sum = async () => (await page.evaluate(energies)).reduce((all, one) => all + one, 0);
  let [last, sinceMs] = [await sum(), Date.now()];
  for (const endMs = Date.now() + PATIENCE_MS; Date.now() - sinceMs < SILENCE_MS; ) {
    await page.waitForTimeout(LOOK_EVERY_MS);
    const now = await sum();
    if (Math.abs(now - last) > 1e-6) [last, sinceMs] = [now, Date.now()];
    if (Date.now() > endMs) throw new Error('it never was silent');
  }
}

export function watchedOf(page: Page): Promise<Omit<Watched, 'peers'> & { made: number }> {
  return page.evaluate(() => {
    const { peers, ...counts } = (window as unknown as { watched: Watched }).watched;
    return { ...counts, made: peers.length };
  });
}
