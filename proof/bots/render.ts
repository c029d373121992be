import { markdownTable } from 'markdown-table';
import type { Summary } from './summary.ts';
import { FATES, type Fate, TIMES, type Time } from './tally.ts';

/** The report for people, in Markdown. */
export function render(summary: Summary): string {
  const { options, seconds, playing, forming, messages } = summary;
  const perSecond = Math.round(messages.arrived / seconds);
  return [
    `${options.rooms} rooms at a time of ${options.players} players, for ${seconds.toFixed(0)} s on ${summary.server}: on average ${playing.toFixed(0)} were being played and ${forming.toFixed(0)} formed; ${perSecond} messages a second.`,
    table(['rooms', 'finished', 'failed', 'cut short by the end'], roomRows(summary)),
    table(['ms', 'count', 'p50', 'p95', 'p99', 'max'], timeRows(summary)),
    `The bots themselves were up to ${summary.lateMs.toFixed(0)} ms late (p99 of the worst half second), which the times contain.`,
    table(
      ['messages', ''],
      (Object.keys(FATES) as Fate[]).map((fate) => [FATES[fate], String(messages[fate])]),
    ),
    errorTable(summary),
    verdict(summary),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function roomRows({ rooms }: Summary): string[][] {
  return Object.entries(rooms).map(([way, { finished, failed, cut }]) => [
    way,
    ...[finished, failed, cut].map(String),
  ]);
}

function timeRows({ times }: Summary): string[][] {
  return (Object.keys(TIMES) as Time[]).flatMap((time) => {
    const all = times[time];
    return all === null
      ? []
      : [[TIMES[time], String(all.count), ...[all.p50, all.p95, all.p99, all.max].map(ms)]];
  });
}

function errorTable({ errors }: Summary): string {
  if (errors.length === 0) return '';
  const rows = errors.map(({ step, code, count, sentence }) => [
    step,
    code,
    String(count),
    oneLine(sentence),
  ]);
  return table(['while', 'error', 'count', 'the first one'], rows);
}

function verdict({ broken }: Summary): string {
  if (broken.length === 0) return '✓ Every message arrived once, in order, at the right player; no error.';
  return broken.map((sentence) => `✗ ${sentence}`).join('\n');
}

function table(head: string[], rows: string[][]): string {
  return markdownTable([head, ...rows], { align: ['l', ...head.slice(1).map(() => 'r')] });
}

export function ms(value: number): string {
  return value < 10 ? value.toFixed(2) : value.toFixed(0);
}

function oneLine(sentence: string): string {
  return sentence.replace(/\s+/g, ' ').slice(0, 160);
}
