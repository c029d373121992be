import { brokenBy, type Cost } from './hostile/cost.ts';
import { runScenario } from './run.ts';
import { hostileMember, hostileSockets, hostileUser } from './scenarios/hostile.ts';
import { World } from './world.ts';

jest.setTimeout(120_000);

describe('an attack', () => {
  const hop = (p50: number) => ({ p50, p99: p50 });
  const cost = (quiet: number, attacked: number): Cost => ({
    attack: 'one member: plain',
    isNakamas: false,
    perSecond: 100,
    quiet: hop(quiet),
    attacked: hop(attacked),
    cores: 1,
    otherCores: 0.5,
    grownBytes: 0,
  });

  test('breaks the promise when others wait three times as long', () => {
    expect(brokenBy([cost(1.5, 4.49)])).toEqual([]);
    expect(brokenBy([cost(1.5, 4.49), cost(1.5, 4.5)])).toEqual([
      'one member: plain: hop p50 1.50 → 4.50 ms, 3.00 ×, beside 0.50 cores of other work',
    ]);
  });

  test('breaks it when nothing was heard of the others', () => {
    expect(brokenBy([cost(0, 0)])).toHaveLength(1);
  });

  test('does not break it where Nakama by itself takes as much', () => {
    expect(brokenBy([{ ...cost(1, 99), isNakamas: true }])).toEqual([]);
  });
});

describe('beside attacks', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start({ steadyRooms: 1, isAsShipped: true });
  });
  afterAll(() => world?.stop());

  const look = { quietSec: 0.3, attackSec: 0.3, isLook: true } as const;

  test.each([hostileMember, hostileUser, hostileSockets].map((scenarioOf) => scenarioOf(look)))(
    'others lose nothing, and it is shown what they pay, when $what',
    async (scenario) => {
      const { failure, costs } = await runScenario(world, scenario, 1, () => true);
      expect(failure).toBeNull();
      const isMeasured = ({ perSecond, quiet, attacked, cores }: Cost) =>
        [perSecond, quiet.p50, attacked.p50, cores].every((figure) => figure > 0);
      expect(costs.filter((cost) => !isMeasured(cost))).toEqual([]);
      expect(costs.length).toBeGreaterThan(1);
    },
  );
});
