import { appendFileSync } from 'node:fs';

/** What a scenario has seen, for the table at the end. */
export interface Row {
  readonly scenario: string;
  readonly when: string;
  readonly sec: number;
  readonly ways: string;
}

export function record(row: Row): void {
  const { NETWORKS_ROWS: file } = process.env;
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(row)}\n`);
}
