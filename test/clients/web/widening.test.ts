import type { ConnectionOptions } from '../../../clients/web/src/connection.ts';
import type { LinkContext } from '../../../clients/web/src/link-context.ts';
import { backPauseOf, DIRECT_MS } from '../../../clients/web/src/link-times.ts';
import { PlayedConnection } from './played-connection.ts';
import { latest, PlayedLink, pass } from './played-link.ts';

beforeEach(() => {
  jest.useFakeTimers();
  PlayedConnection.made = [];
});
afterEach(() => jest.useRealTimers());

/** Through a TURN server, by the first connection. */
async function relayed(context: Partial<LinkContext> = {}): Promise<PlayedLink> {
  const played = new PlayedLink(context);
  await pass(0);
  if (!played.link.context.isOfferer)
    played.link.onSignal({ kind: 'description', type: 'offer', sdp: 'v=0', offerNumber: 1, connection: 1 });
  await pass(0);
  latest().answersBy('relay');
  latest().open();
  played.signals.length = 0;
  return played;
}

/** How often a game's links are measured. */
const MEASURE_MS = 2_000;

async function measured({ link }: PlayedLink, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += MEASURE_MS) {
    await link.measure();
    await pass(MEASURE_MS);
  }
}

function forced(): ConnectionOptions {
  const RTCPeerConnection = PlayedConnection as unknown as typeof globalThis.RTCPeerConnection;
  return { RTCPeerConnection, iceServers: [{ urls: 'turn:a' }], relay: 'forced', hasWords: true };
}

test('up through TURN alone, it looks from time to time whether another address answers, and keeps what is up', async () => {
  const played = new PlayedLink();
  await pass(DIRECT_MS);
  latest().answersBy('relay');
  latest().open();
  expect(played.news).toEqual(['connecting turn', 'connected turn']);
  played.signals.length = 0;
  await measured(played, backPauseOf(0) + MEASURE_MS);
  expect([played.signals, latest().policy]).toEqual([['offer restart'], 'all']);
  latest().answersBy('host');
  await played.link.measure();
  expect(played.link.stats.via).toBe('direct');
  expect(played.news.at(-1)).toBe('connected direct');
  await measured(played, 900_000);
  expect([played.signals, PlayedConnection.made.length]).toEqual([['offer restart'], 2]);
});

test.each(['direct', 'restart'])(
  'up through TURN by the step %s, it looks for a direct way just so, ever more rarely',
  async (step) => {
    const played = await relayed();
    if (step === 'restart') {
      latest().becomes('failed');
      await pass(0);
      latest().becomes('connected');
    }
    played.signals.length = 0;
    await measured(played, backPauseOf(0));
    expect(played.signals).toEqual([]);
    await measured(played, MEASURE_MS);
    expect(played.signals).toEqual(['offer restart']);
    await measured(played, 900_000);
    expect(played.signals.length).toBeLessThanOrEqual(7);
    latest().answersBy('host');
    played.signals.length = 0;
    await measured(played, 900_000);
    expect([played.signals, PlayedConnection.made.length]).toEqual([[], 1]);
    expect(played.link.stats.via).toBe('direct');
  },
);

test.each([
  ['answers the offers', { isOfferer: false }],
  ['has no ICE restart', { can: ['fallback'] }],
  ['must go through TURN', { connectionOptions: forced }],
] as const)('up through TURN, a player who %s looks for no other way', async (_, context) => {
  const played = await relayed(context);
  await measured(played, 900_000);
  expect(played.signals).toEqual([]);
});
