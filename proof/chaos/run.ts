import { Random } from '../../kit/random.ts';
import { logEntryOf } from '../../tools/stack/nakama-log.ts';
import { Crew } from './crew.ts';
import { type Memory, memoryOf } from './gauges.ts';
import type { Cost } from './hostile/cost.ts';
import { checkNothingIsLeft } from './nothing-left.ts';
import type { Scenario } from './scenario.ts';
import type { World } from './world.ts';

export interface Failure {
  readonly seed: number;
  readonly reason: string;
  /** What Nakama complained of last. */
  readonly logged: readonly string[];
}

/** What came of one scenario, over all its runs. */
export interface Result {
  readonly scenario: Scenario;
  readonly runs: number;
  readonly deeds: ReadonlyMap<string, number>;
  readonly checks: number;
  /** What took longest to be as it must. */
  readonly slowest: { readonly what: string; readonly ms: number };
  /** Null where the process was another in between, or there was one run only. */
  readonly memory: { readonly before: Memory; readonly after: Memory } | null;
  /** The longest that a message of the steady rooms took meanwhile. */
  readonly slowestHopMs: number;
  /** What attacks cost others, in the last run. */
  readonly costs: readonly Cost[];
  readonly failure: Failure | null;
}

/** One run for each seed, until it is time to stop or one fails. The first run also warms the server up. */
export async function runScenario(
  world: World,
  scenario: Scenario,
  firstSeed: number,
  isTimeUp: (runs: number) => boolean,
): Promise<Result> {
  world.steady.slowestHopMs = 0;
  const deeds = new Map<string, number>();
  let slowest = { what: '', ms: 0 };
  let checks = 0;
  let runs = 0;
  let costs: readonly Cost[] = [];
  let failure: Failure | null = null;
  let before: Memory | null = null;
  let after: Memory | null = null;
  while (failure === null && (runs === 0 || !isTimeUp(runs))) {
    const seed = firstSeed + runs;
    const crew = new Crew(world, new Random(seed));
    failure = await attempt(scenario, crew, seed);
    runs++;
    for (const [what, times] of crew.deeds) deeds.set(what, (deeds.get(what) ?? 0) + times);
    checks += crew.checks;
    costs = crew.costs;
    if (crew.slowest.ms > slowest.ms) slowest = crew.slowest;
    if (failure !== null || scenario.endsServer) continue;
    if (before === null) before = await memoryOf(world.host);
    else after = await memoryOf(world.host);
  }
  const memory = before && after && { before, after };
  if (failure === null && memory) failure = growth(memory, runs, firstSeed);
  const { slowestHopMs } = world.steady;
  return { scenario, runs, deeds, checks, slowest, memory, slowestHopMs, costs, failure };
}

async function attempt(scenario: Scenario, crew: Crew, seed: number): Promise<Failure | null> {
  try {
    await scenario.run(crew);
    await crew.disband();
    await checkNothingIsLeft(crew, crew.world);
    return null;
  } catch (error) {
    return { seed, reason: (error as Error).message, logged: complaintsIn(crew.world.server.log()) };
  } finally {
    await crew.disband();
  }
}

const LINES = 8;

function complaintsIn(log: readonly string[]): string[] {
  const isComplaint = (line: string) =>
    ['warn', 'error', 'fatal'].includes(logEntryOf(line)?.level ?? 'fatal');
  return log.filter(isComplaint).slice(-LINES);
}

/** Beside what a VM more takes: a little, since pools and caches fill up to the largest run so far. */
const HEAP_SLACK = 8e6;
const RUNTIME_BYTES = 2e6;
const GOROUTINE_SLACK = 24;
const FILE_SLACK = 24;

function growth({ before, after }: { before: Memory; after: Memory }, runs: number, seed: number) {
  const allowance = HEAP_SLACK + RUNTIME_BYTES * Math.max(0, after.runtimes - before.runtimes);
  const grown = [
    after.heapBytes > before.heapBytes + allowance &&
      `the heap grew from ${megabytes(before.heapBytes)} to ${megabytes(after.heapBytes)}`,
    after.residentBytes > 1.3 * before.residentBytes + 2 * allowance &&
      `the process grew from ${megabytes(before.residentBytes)} to ${megabytes(after.residentBytes)}`,
    after.goroutines > before.goroutines + GOROUTINE_SLACK &&
      `goroutines grew from ${before.goroutines} to ${after.goroutines}`,
    after.openFiles > before.openFiles + FILE_SLACK &&
      `open files grew from ${before.openFiles} to ${after.openFiles}`,
  ].filter((one) => one !== false);
  return grown.length === 0
    ? null
    : { seed, logged: [], reason: `${grown.join(', ')} from the first of ${runs} runs to the last` };
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
