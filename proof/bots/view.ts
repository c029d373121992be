import { MultiBar, Presets } from 'cli-progress';
import { ms } from './render.ts';
import { percentilesOf } from './summary.ts';
import type { Totals } from './totals.ts';

const lineEveryMs = 10_000;

/** What is seen while the bots play. */
export interface View {
  update(elapsedMs: number): void;
  close(): void;
}

export function openView(totals: Totals, durationMs: number): View {
  return process.stdout.isTTY ? barView(totals, durationMs) : lineView(totals, durationMs);
}

/** A bar, and a line of figures under it. */
function barView(totals: Totals, durationMs: number): View {
  const bars = new MultiBar(
    { stream: process.stdout, hideCursor: true, clearOnComplete: true, linewrap: false },
    Presets.shades_classic,
  );
  const total = Math.round(durationMs / 1000);
  const time = bars.create(total, 0, {}, { format: '{bar} {value} of {total} s' });
  const figures = bars.create(1, 0, { figures: '' }, { format: '{figures}' });
  return {
    update: (elapsedMs) => {
      time.update(Math.min(total, Math.round(elapsedMs / 1000)));
      figures.update(0, { figures: figuresOf(totals) });
    },
    close: () => bars.stop(),
  };
}

/** Plain lines, so that a log file reads well. */
function lineView(totals: Totals, durationMs: number): View {
  let nextMs = lineEveryMs;
  return {
    update: (elapsedMs) => {
      if (elapsedMs < nextMs) return;
      nextMs += lineEveryMs;
      const seconds = `${Math.round(elapsedMs / 1000)} of ${Math.round(durationMs / 1000)} s`;
      process.stdout.write(`  ${seconds}: ${figuresOf(totals)}\n`);
    },
    close: () => {},
  };
}

function figuresOf({ times, fates, playing, forming, finished, errors }: Totals): string {
  const hop = percentilesOf(times.hop);
  const ready = percentilesOf(times.ready);
  const p = (all: typeof hop) => (all === null ? '–' : `${ms(all.p50)}/${ms(all.p99)} ms`);
  return [
    `rooms ${playing}+${forming} forming, ${finished} done`,
    `hop p50/p99 ${p(hop)}`,
    `join→pairs ${p(ready)}`,
    `lost ${fates.lost}`,
    `errors ${errors}`,
  ].join(' | ');
}
