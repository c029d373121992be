import type { Page } from 'playwright-core';

/** For a browser whose microphone beeps, and where `tag.test` is this computer under a name that is not trusted. */
export const MICROPHONE = [
  '--use-fake-device-for-media-stream',
  '--host-resolver-rules=MAP tag.test 127.0.0.1',
] as const;

interface Watched {
  peers: RTCPeerConnection[];
  rollbacks: number;
  closedChannels: number;
  longestDescription: number;
}

/** Keeps what the page's WebRTC makes. Runs in the page, before all else. */
export function watchVoices(): void {
  const watched: Watched = { peers: [], rollbacks: 0, closedChannels: 0, longestDescription: 0 };
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
      if (description?.type === 'rollback') watched.rollbacks++;
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

/** What a page signals from now on waits, until the function that this resolves to is called. */
export async function holdSignals(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const held: (() => void)[] = [];
    const { send } = WebSocket.prototype;
    WebSocket.prototype.send = function (this: WebSocket, data) {
      if (String(data).includes('"9001"')) held.push(() => send.call(this, data));
      else send.call(this, data);
    };
    const release = () => {
      WebSocket.prototype.send = send;
      for (const go of held) go();
    };
    Object.assign(window, { release });
  });
  return () => page.evaluate(() => (window as unknown as { release(): void }).release());
}

/** Waits until the page waits for an answer. */
export async function hasOffered(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    (window as unknown as { watched: Watched }).watched.peers.some(
      ({ signalingState }) => signalingState === 'have-local-offer',
    ),
  );
}
