import type { Figure, Measure } from './measure.ts';
import { tablesOf } from './tables.ts';
import { targetTable } from './targets.ts';

export interface Result {
  readonly measure: Measure;
  readonly figures: readonly Figure[];
}

export interface Run {
  readonly quick: boolean;
  /** What was measured, and where, as a sentence. */
  readonly of: string;
}

/** All that was found, as markdown: a section for each measure; the ratios come first. */
export const summaryOf = (results: readonly Result[], run: Run): string =>
  results.map((result) => sectionOf(result, run)).join('\n\n');

function sectionOf({ measure, figures }: Result, { quick, of }: Run): string {
  const targets = targetTable(figures);
  return [
    `## ${measure.title}`,
    measure.about({ quick, say: () => {} }),
    `${of}${quick ? ' **This was a quick run: figures to see that it works, not to go by.**' : ''}`,
    ...(targets === null ? [] : ['What is aimed at:', targets]),
    tablesOf(measure, figures),
  ].join('\n\n');
}

/**
 * docs/benchmarks.md: with a section for each measure that was made, in the place of what is said of it in the document
 * so far, and with the document's sections of those that were not.
 */
export function documentOf(
  measures: readonly Measure[],
  results: readonly Result[],
  run: Run,
  before = '',
): string {
  const sections = before.split(/^(?=## )/m);
  const known = new Map(sections.map((text) => [/^## (.*)/.exec(text)?.[1], text.trim()]));
  for (const result of results) known.set(result.measure.title, sectionOf(result, run));
  const all = measures.map(({ title }) => known.get(title)).filter((text) => text !== undefined);
  return `${HEAD}\n\n${all.join('\n\n')}\n`;
}

const HEAD = `# Benchmarks

Written by \`npm run bench -- --markdown docs/benchmarks.md\`; no figure is typed by hand, and a run with \`--only\` renews the
sections of what it measures. What is compared, each server as a process of its own, on one machine and in one run:

- **room**: of this module, the bundle with \`local.yml\`;
- **relayed match**: Nakama's own, on a server without any module: what the addon has today;
- **relayed match, module loaded**: the same on a server with it: what other games on the server pay for it;
- **textbook handler**: an authoritative match at ten ticks a second as tutorials write it, \`proof/bench/baselines/textbook.js\`;
- **PeerJS server**: the npm package \`peer\`; it has no rooms and checks nothing, so it is what signalling costs at least;
- **empty handler**: a match of one tick a second that does nothing, the floor of what a room costs.

To repeat it: \`npm run bench\`, on a machine with nothing else to do; \`--help\` lists the options, and \`--json FILE\` keeps
every round. Absolute figures are those of the machine that each section names; ratios travel better. The clients and the
database share the cores with the servers. A figure is the median of its rounds, and in parentheses is their range.`;
