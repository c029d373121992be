import { FakeHost, type FakeOptions } from '../fake-nakama/index.ts';
import type { Host, HostOptions } from '../servers/host.ts';
import { RealHost } from '../servers/real-nakama.ts';

/** Each test runs under so many interleavings on the fake. */
const SEEDS = [1, 2, 3];

export interface World {
  host: Host;
  isFake: boolean;
}

/** More than a bot waits, so that its timeout says what did arrive. */
jest.setTimeout(60_000);

type Behaviours = (world: World) => void;

/** The same tests on the fake Nakama (a new one for each test) and on a real one (one for all). */
export function onBothHosts(topic: string, behaviours: Behaviours, options: HostOptions = {}): void {
  describe(topic, () => {
    onFake(behaviours, options);
    onReal(behaviours, options);
  });
}

export function onFake(behaviours: Behaviours, options: Omit<FakeOptions, 'seed'> = {}, seeds = SEEDS): void {
  describe.each(seeds)('on the fake Nakama, seed %d', (seed) => {
    const world = { isFake: true } as World;
    beforeEach(() => {
      world.host = new FakeHost({ ...options, seed });
    });
    afterEach(() => world.host?.stop());
    behaviours(world);
  });
}

export function onReal(behaviours: Behaviours, options: HostOptions = {}): void {
  describe('on a real Nakama', () => {
    const world = { isFake: false } as World;
    beforeAll(async () => {
      world.host = await RealHost.start(options);
    }, 60_000);
    afterAll(() => world.host?.stop());
    behaviours(world);
  });
}
