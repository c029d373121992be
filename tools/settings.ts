import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { parseSettings } from '../src/nakama/server/settings.ts';
import { projectDir } from './stack/folders.ts';
import { Problem } from './stack/problem.js';

/** What `npm start` takes from local.yml. */
export interface LocalConfig {
  readonly socket: { readonly server_key: string };
  readonly runtime: { readonly http_key: string; readonly env: readonly string[] };
  readonly console: { readonly username: string; readonly password: string };
}

export function localConfig(): LocalConfig {
  return parse(readFileSync(path.join(projectDir, 'local.yml'), 'utf8'));
}

/** The module's settings in the environment, over those of local.yml; @throws a Problem that says what is wrong. */
export function settingsFrom(env: NodeJS.ProcessEnv): Record<string, string> {
  const given = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[0].startsWith('ONLINE_MATCH_') && entry[1] !== undefined,
  );
  const inFile = localConfig().runtime.env.map(
    (line) => /^([^=]*)=(.*)$/s.exec(line)?.slice(1) ?? [line, ''],
  );
  try {
    parseSettings(Object.fromEntries([...inFile, ...given]));
  } catch (error) {
    throw new Problem(
      (error as Error).message,
      'Settings are keys of runtime.env in local.yml, or environment variables.',
    );
  }
  return Object.fromEntries(given);
}
