import { rmSync } from 'node:fs';
import { stopChildren } from './child.ts';
import { givenDatabaseUrl } from './database-url.ts';
import { throwAwayDir } from './folders.ts';
import { nakamaBinary } from './nakama-binary.ts';
import { freePorts } from './ports.ts';
import { startPostgres } from './postgres.ts';
import type { Report } from './report.ts';
import { dropTestDatabases } from './test-databases.ts';

/** Of this run's databases, should others use the same PostgreSQL. */
const databasePrefix = `online_match_test_${process.pid}_`;

const cleanUps: (() => unknown)[] = [];

/** Has something done when the command ends, however it does; what was asked for last comes first. */
export function atEnd(step: () => unknown): void {
  cleanUps.push(step);
}

/** Stops every server that the command started, and removes what they left. */
export async function cleanUp(): Promise<void> {
  await stopChildren();
  for (const step of cleanUps.splice(0).reverse()) await step();
}

/** What `startServer` of kit/servers needs in its environment: a Nakama executable and a PostgreSQL. */
export async function servers(report: Report): Promise<Record<string, string>> {
  return {
    NAKAMA_BIN: await nakamaBinary(report),
    TEST_DATABASE_URL: await report.step('Starting PostgreSQL', startDatabase),
    TEST_DATABASE_PREFIX: databasePrefix,
  };
}

/** The address, without a database name, of a server on which test servers make databases of their own. */
async function startDatabase(): Promise<string> {
  const given = givenDatabaseUrl();
  if (given) {
    atEnd(() => dropTestDatabases(given, databasePrefix));
    return given;
  }
  const dir = throwAwayDir();
  atEnd(() => rmSync(dir, { recursive: true, force: true }));
  const { database: port } = await freePorts();
  const { url } = await startPostgres({ dir, port, isThrowAway: true });
  return url;
}
