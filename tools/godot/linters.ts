import path from 'node:path';
import { execa } from 'execa';
import type { Report } from '../stack/report.ts';
import { godotTools, provide, run } from './provide.ts';

/** Runs a module of gdtoolkit, in the folder that has its settings: `formatter` is gdformat, `linter` gdlint. */
export type Lint = (
  module: 'formatter' | 'linter',
  cwd: string,
  args: readonly string[],
) => Promise<{ failed: boolean; all: string }>;

/** gdformat and gdlint, kept in the user's cache, where no Python of the system finds them. */
export async function linters(report: Report): Promise<Lint> {
  const folder = await provide(
    {
      name: 'gdtoolkit',
      title: 'Installing gdformat and gdlint (once)',
      sources: ['requirements.txt'],
      make: (into) =>
        run('python3', ['-m', 'pip', 'install', '--quiet', '--target', into, '-r', requirements]),
      advice: 'They need python3 with pip.',
    },
    report,
  );
  return async (module, cwd, args) => {
    const { failed, all } = await execa('python3', ['-m', `gdtoolkit.${module}`, ...args], {
      cwd,
      env: { PYTHONPATH: folder },
      reject: false,
      all: true,
      stdin: 'ignore',
    });
    return { failed, all };
  };
}

const requirements = path.join(godotTools, 'requirements.txt');
