import { cpus, totalmem } from 'node:os';
import { nakamaVersion } from '../../tools/stack/nakama-binary.ts';
import type { Figure, Measure } from './measure.ts';
import { tablesOf } from './tables.ts';
import { targetTable } from './targets.ts';

export interface Result {
  readonly measure: Measure;
  readonly figures: readonly Figure[];
}

/** Where it was measured. */
export const machine = () => ({
  cores: cpus().length,
  processor: cpus()[0]?.model ?? 'unknown',
  memoryGb: Math.round(totalmem() / 1024 ** 3),
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
  nakama: nakamaVersion,
});

/** All that was found, as markdown; the ratios come first. */
export function summaryOf(results: readonly Result[], quick: boolean): string {
  const { cores, processor, memoryGb, node, nakama } = machine();
  const figures = results.flatMap((result) => result.figures);
  const targets = targetTable(figures);
  return [
    `Nakama ${nakama}, Node ${node}, ${cores} cores (${processor}), ${memoryGb} GB. The clients and the database share ` +
      `the cores with the servers. A figure is the median of its rounds, and in parentheses is their range.${quick ? ' **This was a quick run: figures to see that it works, not to go by.**' : ''}`,
    ...(targets === null ? [] : ['## What is aimed at', targets]),
    ...results.map(({ measure, figures: found }) =>
      [`## ${measure.title}`, measure.about({ quick, say: () => {} }), tablesOf(measure, found)].join('\n\n'),
    ),
  ].join('\n\n');
}

/** docs/benchmarks.md. */
export const documentOf = (results: readonly Result[], quick: boolean): string => `# Benchmarks

Written by \`npm run bench -- --markdown docs/benchmarks.md\`; no figure is typed by hand. What is compared, each server as
a process of its own, on one machine and in one run:

- **room**: of this module, the bundle with \`local.yml\`;
- **relayed match**: Nakama's own, on a server without any module: what the addon has today;
- **relayed match, module loaded**: the same on a server with it: what other games on the server pay for it;
- **textbook handler**: an authoritative match at ten ticks a second as tutorials write it, \`proof/bench/baselines/textbook.js\`;
- **PeerJS server**: the npm package \`peer\`; it has no rooms and checks nothing, so it is what signalling costs at least;
- **empty handler**: a match of one tick a second that does nothing, the floor of what a room costs.

To repeat it: \`npm run bench\`, on a machine with nothing else to do; \`--help\` lists the options, and \`--json FILE\` keeps
every round. Absolute figures are this machine's; ratios travel better.

${summaryOf(results, quick)}
`;
