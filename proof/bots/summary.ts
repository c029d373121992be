import type { RecordableHistogram } from 'node:perf_hooks';
import type { BotsOptions, Limit } from './options.ts';
import { FATES, type Fate, type Outcome, TIMES, type Time } from './tally.ts';
import type { Totals, TroubleCount } from './totals.ts';
import type { Way } from './ways.ts';

/** A run's figures, as the report and `--json` give them. */
export interface Summary {
  readonly server: string;
  readonly options: Pick<
    BotsOptions,
    'rooms' | 'players' | 'minutes' | 'staySec' | 'candidates' | 'rate' | 'workers'
  >;
  readonly seconds: number;
  /** Rooms at a time, on average, once all players had come; forming ones have no match yet. */
  readonly playing: number;
  readonly forming: number;
  readonly rooms: Readonly<Record<Way, Readonly<Record<Outcome, number>>>>;
  /** In milliseconds; null where nothing was timed. */
  readonly times: Readonly<Record<Time, Percentiles | null>>;
  readonly messages: Readonly<Record<Fate, number>>;
  readonly errors: readonly TroubleCount[];
  /** How late the bots' own timers were, in milliseconds: part of all times. */
  readonly lateMs: number;
  /** What does not hold, in sentences; exit code 1 unless empty. */
  readonly broken: readonly string[];
}

export interface Percentiles {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export interface Course {
  readonly seconds: number;
  readonly playing: number;
  readonly forming: number;
}

export function summarise(options: BotsOptions, totals: Totals, course: Course): Summary {
  const { rooms, players, minutes, staySec, candidates, rate, workers } = options;
  const times = Object.fromEntries(
    (Object.keys(TIMES) as Time[]).map((time) => [time, percentilesOf(totals.times[time])]),
  ) as Summary['times'];
  return {
    server: `${options.ssl ? 'https' : 'http'}://${options.host}:${options.port}`,
    options: { rooms, players, minutes, staySec, candidates, rate, workers },
    ...course,
    rooms: totals.rooms,
    times,
    messages: totals.fates,
    errors: [...totals.troubles.values()].sort((a, b) => b.count - a.count),
    lateMs: totals.lateMs,
    broken: brokenIn(options, totals, times),
  };
}

export function percentilesOf(histogram: RecordableHistogram): Percentiles | null {
  if (histogram.count === 0) return null;
  const ms = (us: number) => us / 1000;
  return {
    count: histogram.count,
    p50: ms(histogram.percentile(50)),
    p95: ms(histogram.percentile(95)),
    p99: ms(histogram.percentile(99)),
    max: ms(histogram.max),
  };
}

function brokenIn({ limits }: BotsOptions, totals: Totals, times: Summary['times']): string[] {
  const measured: Record<Limit, [what: string, value: number | undefined]> = {
    'max-errors': ['errors', totals.errors],
    'max-lost': ['messages lost', totals.fates.lost],
    'max-hop-p99-ms': ['ms for the 99th percentile of hops', times.hop?.p99],
    'max-ready-p99-ms': ['ms for the 99th percentile from join to all pairs done', times.ready?.p99],
  };
  const exceeded = (Object.keys(measured) as Limit[]).flatMap((limit) => {
    const [what, value = 0] = measured[limit];
    const allowed = limits[limit];
    return allowed !== null && value > allowed ? [`${value} ${what}, more than ${allowed} (--${limit})`] : [];
  });
  const wrong = (['doubled', 'disordered', 'stray', 'early'] as const)
    .filter((fate) => totals.fates[fate] > 0)
    .map((fate) => `${totals.fates[fate]} messages ${FATES[fate]}`);
  const idle = totals.finished === 0 ? ['no room was finished'] : [];
  return [...exceeded, ...wrong, ...idle];
}
