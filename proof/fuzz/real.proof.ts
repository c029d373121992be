import type { RealHost } from '../../kit/servers/real-nakama.ts';
import { fuzzReal, startHost } from './real/run.ts';

let host: RealHost;
beforeAll(async () => {
  host = await startHost();
}, 60_000);
afterAll(() => host?.stop());

test('well-behaved players do not notice what others send, nor does the server’s log', async () => {
  const { failure, tally } = await fuzzReal(host, { frames: 150, seed: 20_261_121 });
  expect(failure).toBeNull();
  expect(tally.of('answered match')).toBeGreaterThan(0);
}, 120_000);
