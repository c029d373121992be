import { appendFileSync } from 'node:fs';
import path from 'node:path';

/** The file for it. */
export const ROWS = 'rows';

/** What a scenario has seen, for the table at the end. */
export interface Row {
  readonly scenario: string;
  readonly when: string;
  readonly sec: number;
  readonly ways: string;
}

export function record(row: Row): void {
  appendFileSync(path.join(process.env.NETWORKS_DIR as string, ROWS), `${JSON.stringify(row)}\n`);
}
