import { phaseIn } from '../protocol/label.ts';
import { type Refusal, refuse } from '../protocol/refusal.ts';
import { askDatabase } from './database.ts';
import { labelOfMatch } from './rooms.ts';
import type { Settings } from './settings.ts';
import { throwRefusal } from './throw-refusal.ts';

/** A room that a user made, kept in his storage while it counts. */
interface Creation {
  readonly matchId: string;
  readonly at: number;
}

const COLLECTION = 'online_match';
const KEY = 'creations';
const MINUTE_MS = 60_000;
/** How often a write may find that another call of the same user was faster. */
const ATTEMPTS = 10;

/**
 * Makes a match for a user within the bounds for one user. They are kept in Nakama's storage, where they hold
 * on every node and over restarts. @throws the refusal `too-many-rooms`, or `busy`; an error of
 * the runtime where it cannot be done.
 */
export function createWithinBounds(
  nk: nkruntime.Nakama,
  userId: string,
  settings: Settings,
  create: () => string,
): string {
  let matchId: string | null = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const [stored] = askDatabase(nk, () => nk.storageRead([{ collection: COLLECTION, key: KEY, userId }]));
    const now = Date.now();
    const counted = stillCounted(nk, (stored?.value.creations ?? []) as Creation[], now);
    const refusal = refuseMore(counted, settings);
    if (refusal !== null) throwRefusal(nk, refusal);

    matchId ??= create();
    const creations = [...counted.map(({ creation }) => creation), { matchId, at: now }];
    const version = stored?.version ?? '*';
    if (askDatabase(nk, () => write(nk, userId, creations, version))) return matchId;
  }
  return throwRefusal(nk, refuse('busy', 'too many calls at once, try again'));
}

interface Counted {
  readonly creation: Creation;
  readonly isRecent: boolean;
  readonly isWaiting: boolean;
}

function stillCounted(nk: nkruntime.Nakama, creations: readonly Creation[], now: number): Counted[] {
  return creations
    .map((creation) => ({
      creation,
      isRecent: now - creation.at < MINUTE_MS,
      isWaiting: phaseIn(labelOfMatch(nk, creation.matchId) ?? '') === 'waiting',
    }))
    .filter(({ isRecent, isWaiting }) => isRecent || isWaiting);
}

function refuseMore(counted: readonly Counted[], settings: Settings): Refusal | null {
  const { ONLINE_MATCH_WAITING_ROOMS: maxWaiting, ONLINE_MATCH_CREATIONS_PER_MINUTE: maxPerMinute } =
    settings;
  if (counted.filter(({ isWaiting }) => isWaiting).length >= maxWaiting) {
    return refuse(
      'too-many-rooms',
      `${maxWaiting} matches of yours wait for a first player, join one of them`,
    );
  }
  if (counted.filter(({ isRecent }) => isRecent).length < maxPerMinute) return null;
  return refuse('too-many-rooms', `you made ${maxPerMinute} matches within a minute, wait a little`);
}

/** False when the record changed since it was read; a server-only record, so users cannot reset it. */
function write(
  nk: nkruntime.Nakama,
  userId: string,
  creations: readonly Creation[],
  version: string,
): boolean {
  const record = { collection: COLLECTION, key: KEY, userId, value: { creations }, version };
  try {
    nk.storageWrite([{ ...record, permissionRead: 0, permissionWrite: 0 }]);
    return true;
  } catch (error) {
    if (String(error).includes('version check failed')) return false;
    throw error;
  }
}
