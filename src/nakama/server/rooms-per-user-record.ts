import { askDatabase } from './database.ts';
import { isAuthoritativeId } from './match-label.ts';

/** A room that a user made, or null for one that is being made. */
export interface Creation {
  readonly matchId: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A user's creations as they are in Nakama's storage; `version` is Nakama's, '*' where there is no record. */
export interface CreationRecord {
  readonly creations: readonly Creation[];
  readonly version: string;
}

/**
 * Owned by Nakama's system user, and not by the user it is about: users may write any object of their own, before
 * the server does too, and one of 200 KB took 50 ms to read.
 */
const SYSTEM_USER = '00000000-0000-0000-0000-000000000000';
const idOf = (userId: string) =>
  ({ collection: 'online_match', key: `creations/${userId}`, userId: SYSTEM_USER }) as const;

/** How often a write may find that another call of the same user was faster. */
const ATTEMPTS = 10;
const MAX_ID_LENGTH = 64;

/**
 * Changes a user's record, which holds on every node and over restarts, as it is when nobody else changes it;
 * from `known`, what was written last, or as it is read. Null when others were always faster.
 * @throws what `change` throws, and an error where the database cannot be asked.
 */
export function changeCreations(
  nk: nkruntime.Nakama,
  userId: string,
  mostEntries: number,
  change: (creations: readonly Creation[]) => readonly Creation[],
  known: CreationRecord | null = null,
): CreationRecord | null {
  let record = known;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    record ??= read(nk, userId, mostEntries);
    const creations = change(record.creations);
    const version = write(nk, userId, creations, record.version);
    if (version !== null) return { creations, version };
    record = null;
  }
  return null;
}

function read(nk: nkruntime.Nakama, userId: string, mostEntries: number): CreationRecord {
  const [stored] = askDatabase(nk, () => nk.storageRead([idOf(userId)]));
  if (stored === undefined) return { creations: [], version: '*' };
  return { creations: creationsIn(stored.value.creations, mostEntries) ?? [], version: stored.version };
}

/** Null for what this module did not write. */
function creationsIn(given: unknown, mostEntries: number): readonly Creation[] | null {
  if (!Array.isArray(given) || given.length > mostEntries) return null;
  const creations = given.map(creationIn);
  return creations.every((creation) => creation !== null) ? creations : null;
}

function creationIn(given: unknown): Creation | null {
  if (typeof given !== 'object' || given === null) return null;
  const { matchId, at } = given as Record<string, unknown>;
  if (typeof at !== 'number' || !Number.isFinite(at)) return null;
  if (matchId === null) return { matchId, at };
  const isId = typeof matchId === 'string' && matchId.length <= MAX_ID_LENGTH && isAuthoritativeId(matchId);
  return isId ? { matchId, at } : null;
}

/** The version written; null when the record changed since it was read. */
function write(
  nk: nkruntime.Nakama,
  userId: string,
  creations: readonly Creation[],
  version: string,
): string | null {
  const hidden = { permissionRead: 0, permissionWrite: 0 } as const;
  const record = { ...idOf(userId), ...hidden, value: { creations }, version };
  try {
    return askDatabase(nk, () => nk.storageWrite([record]))[0]?.version ?? null;
  } catch (error) {
    if (String(error).includes('version check failed')) return null;
    throw error;
  }
}
