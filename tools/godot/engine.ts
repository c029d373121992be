import path from 'node:path';
import { Problem } from '../stack/problem.js';
import type { Report } from '../stack/report.ts';
import { given, godotTools, provide, run } from './provide.ts';

const advice = 'Set GODOT_BIN to the executable of a Godot 4.2 or newer.';

/** Godot's executable: `GODOT_BIN`, else Debian's, unpacked into the user's cache. */
export async function godotBinary(report: Report): Promise<string> {
  const own = given('GODOT_BIN');
  if (own !== null) return own;
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Problem('Godot can be fetched on 64-bit Intel Linux only.', advice);
  const folder = await provide(
    {
      name: 'godot',
      title: "Fetching Debian's Godot (once; about half a minute)",
      sources: ['fetch-engine.sh'],
      make: (into) => run(path.join(godotTools, 'fetch-engine.sh'), [into]),
      advice,
    },
    report,
  );
  return path.join(folder, 'godot');
}
