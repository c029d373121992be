import { Problem } from './problem.js';

/** `DATABASE_URL`, checked; null where it is not set and we start a database ourselves. */
export function givenDatabaseUrl(): string | null {
  const given = process.env.DATABASE_URL;
  if (!given) return null;
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url && /^postgres(ql)?:$/.test(url.protocol) && url.hostname && url.pathname.length > 1) return given;
  throw new Problem(
    'DATABASE_URL is not the address of a PostgreSQL database.',
    'Write it as postgresql://user:password@host:port/database, or unset it to have a database started.',
  );
}
