import { runScenario } from './run.ts';
import { flapping } from './scenarios/flapping.ts';
import { midJoin } from './scenarios/mid-join.ts';
import { networkGone } from './scenarios/network-gone.ts';
import { restart } from './scenarios/restart.ts';
import { slowReader } from './scenarios/slow-reader.ts';
import { World } from './world.ts';

jest.setTimeout(60_000);

/** `npm run chaos -- --seed N` repeats a run that failed, and has the scenarios that stop a database. */
const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 1e6));

let world: World;
let isSpoilt = false;

beforeAll(async () => {
  world = await World.start({ steadyRooms: 1 });
});
beforeEach(async () => {
  if (!isSpoilt) return;
  await world.stop();
  world = await World.start({ steadyRooms: 1 });
});
afterAll(() => world?.stop());

test.each([midJoin, networkGone, slowReader, flapping(2), restart])(
  'nothing is left, and others play on, when $what',
  async (scenario) => {
    const { failure } = await runScenario(world, scenario, seed, () => true);
    isSpoilt = failure !== null;
    expect(failure).toBeNull();
  },
);
