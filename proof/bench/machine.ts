import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { projectDir } from '../../tools/stack/folders.ts';
import { nakamaVersion } from '../../tools/stack/nakama-binary.ts';

/** Where it was measured. */
export const machine = () => ({
  cores: cpus().length,
  processor: cpus()[0]?.model ?? 'unknown',
  memoryGb: Math.round(totalmem() / 1024 ** 3),
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
  nakama: nakamaVersion,
});

/** What was measured, as far as Git knows. */
function commit(): string {
  try {
    const args = ['describe', '--always', '--exclude=*', '--abbrev=7', '--dirty=, changed'];
    return execFileSync('git', args, { cwd: projectDir, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return 'unknown';
  }
}

/** What is measured, and where, as a sentence. */
export function measured(): string {
  const { cores, processor, memoryGb, node, nakama } = machine();
  return `Of commit ${commit()}, on Nakama ${nakama}, Node ${node}, ${cores} cores (${processor}), ${memoryGb} GB.`;
}
