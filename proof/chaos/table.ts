import { markdownTable } from 'markdown-table';
import { megabytes, type Result } from './run.ts';

/** What was done and what came of it, as a table and, below it, what needs more words. */
export function tableOf(results: readonly Result[]): string {
  const head = [
    'scenario',
    'runs',
    'done',
    'checks',
    'longest wait',
    'slowest hop beside it',
    'heap, first → last run',
    'outcome',
  ];
  const rows = results.map((result) => [
    result.scenario.name,
    String(result.runs),
    [...result.deeds].map(([what, times]) => `${times} × ${what}`).join('; '),
    String(result.checks),
    result.slowest.what && `${(result.slowest.ms / 1000).toFixed(1)} s: ${shortened(result.slowest.what)}`,
    `${Math.round(result.slowestHopMs)} ms`,
    memoryIn(result),
    result.failure === null ? 'pass' : 'FAIL',
  ]);
  return markdownTable([head, ...rows], { align: ['l', 'r', 'l', 'r', 'l', 'r', 'r', 'l'] });
}

function memoryIn({ memory }: Result): string {
  return memory === null
    ? ''
    : `${megabytes(memory.before.heapBytes)} → ${megabytes(memory.after.heapBytes)}`;
}

function shortened(text: string): string {
  return text.replace(/ to \{.*\}$/, '');
}
