import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { markdownTable } from 'markdown-table';
import { usageOf } from '../../bench/process.ts';
import { digits } from '../../bench/statistics.ts';
import type { World } from '../world.ts';

/** Hop p50 of others stays below so many times its quiet value. */
const MOST = 3;

/** What somebody does to a server, as long as they are let. */
export interface Attack {
  readonly name: string;
  /** Any Nakama pays it, without this module too: shown for comparison, and not checked. */
  readonly isNakamas?: true;
  /** Resolves to how many messages or calls it were. */
  run(isOver: () => boolean): Promise<number>;
}

/** Of one message between steady players, in ms. */
interface Hop {
  readonly p50: number;
  readonly p99: number;
}

/** What an attack costs those who have nothing to do with it. */
export interface Cost {
  readonly attack: string;
  readonly isNakamas: boolean;
  readonly perSecond: number;
  readonly quiet: Hop;
  readonly attacked: Hop;
  /** The CPU of the server, in cores. */
  readonly cores: number;
  /** What all else on the machine takes of it: clients, database, and whatever has nothing to do with this. */
  readonly otherCores: number;
  readonly grownBytes: number;
}

export interface Times {
  readonly quietSec: number;
  readonly attackSec: number;
  /** Too short for figures to go by: nothing is promised of them. */
  readonly isLook?: true;
}

/** Steady players by themselves, and then beside the attack. */
export async function costOf({ name, isNakamas, run }: Attack, { steady, server }: World, times: Times) {
  const quiet = hopOf(await steady.hopsDuring(() => sleep(times.quietSec * 1000)));
  const before = await usageOf(server.pid);
  const busyBefore = busyMs();
  const begun = performance.now();
  const sinceBegun = () => (performance.now() - begun) / 1000;
  let [sent, sec, after, busyAfter] = [0, 0, before, busyBefore];
  const attacked = hopOf(
    await steady.hopsDuring(async () => {
      sent = await run(() => sinceBegun() >= times.attackSec);
      sec = sinceBegun();
      after = await usageOf(server.pid);
      busyAfter = busyMs();
    }),
  );
  const cores = (after.cpuMicros - before.cpuMicros) / 1e6 / sec;
  const cost: Cost = {
    attack: name,
    isNakamas: isNakamas ?? false,
    perSecond: sent / sec,
    quiet,
    attacked,
    cores,
    otherCores: (busyAfter - busyBefore) / 1000 / sec - cores,
    grownBytes: (after.memoryKb - before.memoryKb) * 1000,
  };
  return cost;
}

/** Of all processors together, since the machine started. */
function busyMs(): number {
  return cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0);
}

function hopOf(micros: { percentile(percentile: number): number }): Hop {
  return { p50: micros.percentile(50) / 1000, p99: micros.percentile(99) / 1000 };
}

export const ratioOf = ({ quiet, attacked }: Cost): number => attacked.p50 / quiet.p50;

/** The attacks that cost others more than is promised, in words. */
export function brokenBy(costs: readonly Cost[]): string[] {
  return costs
    .filter((cost) => !cost.isNakamas && !(ratioOf(cost) < MOST))
    .map((cost) => {
      const hops = `${digits(cost.quiet.p50)} → ${digits(cost.attacked.p50)} ms, ${digits(ratioOf(cost))} ×`;
      return `${cost.attack}: hop p50 ${hops}, beside ${digits(cost.otherCores)} cores of other work`;
    });
}

export function costTableOf(costs: readonly Cost[]): string {
  const head = [
    'attack',
    'a second',
    'hop p50, ms',
    'hop p99, ms',
    'p50 ÷ quiet',
    'cores',
    'other cores',
    'memory, MB',
    `< ${MOST}`,
  ];
  const rows = costs.map((cost) => [
    cost.attack,
    digits(cost.perSecond),
    `${digits(cost.quiet.p50)} → ${digits(cost.attacked.p50)}`,
    `${digits(cost.quiet.p99)} → ${digits(cost.attacked.p99)}`,
    digits(ratioOf(cost)),
    digits(cost.cores),
    digits(cost.otherCores),
    `${cost.grownBytes < 0 ? '−' : '+'}${digits(Math.abs(cost.grownBytes) / 1e6)}`,
    cost.isNakamas ? 'Nakama’s' : ratioOf(cost) < MOST ? 'yes' : '**no**',
  ]);
  return markdownTable([head, ...rows], { align: ['l', 'r', 'r', 'r', 'r', 'r', 'r', 'r', 'l'] });
}
