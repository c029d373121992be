import { circuitOf, noteAnswer, noteCall, noteCancel } from './circuit-breaker.ts';
import { acquire, type Permit, release } from './semaphore.ts';

/**
 * How many calls may be open at once. Each keeps one of the few VMs (`runtime.js_max_count`, 32) that all hooks
 * and RPCs of the server share, for as long as the database takes: their sum must stay well below.
 */
const MOST_OPEN = { question: 12, sleep: 12 } as const;

/** Whoever finds too many questions open looks again after so long, and gives up in the end. */
const LOOK_AGAIN_MS = 4;
const GIVE_UP_MS = 1000;

/**
 * Asks the database, as soon as not too many others do; but not while its circuit breaker is open: players who
 * ask for rooms again and again would stop everybody's messages.
 * @throws what `ask` throws; an Error when the database is not asked.
 */
export function askDatabase<T>(nk: nkruntime.Nakama, ask: () => T): T {
  const begun = Date.now();
  for (;;) {
    const permit = permitFor(nk, 'question');
    if (permit !== null) return call(nk, permit, ask);
    const isPatient = Date.now() - begun < GIVE_UP_MS;
    if (!isPatient || !sleepInDatabase(nk, LOOK_AGAIN_MS)) throw new Error('the database has too much to do');
  }
}

/**
 * The runtime has nothing else that sleeps. False, at once, when too many sleep or the database does not answer.
 * @throws when the database cannot do it.
 */
export function sleepInDatabase(nk: nkruntime.Nakama, ms: number): boolean {
  const permit = permitFor(nk, 'sleep');
  if (permit === null) return false;
  call(nk, permit, () => nk.sqlQuery('SELECT pg_sleep($1)', [ms / 1000]));
  return true;
}

/** Only a question tries whether the database answers again. */
function permitFor(nk: nkruntime.Nakama, kind: keyof typeof MOST_OPEN): Permit | null {
  const circuit = circuitOf(nk);
  if (circuit === 'open' || (circuit === 'half-open' && kind === 'sleep')) return null;
  const permit = acquire(nk, `online_match/database_${kind}`, MOST_OPEN[kind]);
  if (permit !== null) noteCall(nk, circuit);
  return permit;
}

function call<T>(nk: nkruntime.Nakama, permit: Permit, ask: () => T): T {
  try {
    const answer = ask();
    noteAnswer(nk);
    return answer;
  } catch (error) {
    if (isCancelled(error)) noteCancel(nk);
    else noteAnswer(nk);
    throw error;
  } finally {
    release(nk, permit);
  }
}

/** The caller's socket or request is closed: Nakama cancels all that is done for it. */
export function isCancelled(error: unknown): boolean {
  return /context (canceled|deadline exceeded)/.test(String(error));
}
