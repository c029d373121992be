import { phaseIn } from '../../protocol/label.ts';
import { type Refusal, refuse } from '../../protocol/refusal.ts';
import { labelOfMatch } from './match-label.ts';
import { type Creation, changeCreations } from './rooms-per-user-record.ts';
import type { Settings } from './settings.ts';
import { throwRefusal } from './throw-refusal.ts';

const MINUTE_MS = 60_000;

/**
 * Makes a match for a user within the bounds for one user. Its place is taken before it is made: of many calls
 * at once none makes a room that no bound counts. @throws the refusal `too-many-rooms`, or `busy`; an error of
 * the runtime where it cannot be done.
 */
export function createWithinBounds<Made extends { readonly matchId: string }>(
  nk: nkruntime.Nakama,
  userId: string,
  settings: Settings,
  create: () => Made,
): Made {
  const place: Creation = { matchId: null, at: Date.now() };
  const mostEntries = settings.ONLINE_MATCH_ROOMS_PER_USER + settings.ONLINE_MATCH_CREATIONS_PER_MINUTE;
  const taken = changeCreations(nk, userId, mostEntries, (creations) => {
    const counted = stillCounted(nk, creations, Date.now());
    const refusal = refuseMore(counted, settings);
    if (refusal !== null) throwRefusal(nk, refusal);
    return [...counted.map(({ creation }) => creation), place];
  });
  if (taken === null) return throwRefusal(nk, refuse('busy', 'too many calls at once, try again'));

  const made = create();
  try {
    const creation = { ...place, matchId: made.matchId };
    changeCreations(nk, userId, mostEntries, (creations) => inPlaceOf(place, creation, creations), taken);
  } catch {
    // The room is there, and its place counts for a minute.
  }
  return made;
}

function inPlaceOf(place: Creation, made: Creation, creations: readonly Creation[]): readonly Creation[] {
  const index = creations.findIndex(({ matchId, at }) => matchId === null && at === place.at);
  return [...creations.filter((_, i) => i !== index), made];
}

interface Counted {
  readonly creation: Creation;
  readonly isRecent: boolean;
  readonly isWaiting: boolean;
  readonly isAlive: boolean;
}

/** Whatever ended a room, it is found no more and free again. */
function stillCounted(nk: nkruntime.Nakama, creations: readonly Creation[], now: number): Counted[] {
  return creations
    .map((creation): Counted => {
      const isRecent = now - creation.at < MINUTE_MS;
      if (creation.matchId === null) return { creation, isRecent, isWaiting: isRecent, isAlive: isRecent };
      const label = labelOfMatch(nk, creation.matchId);
      return { creation, isRecent, isWaiting: phaseIn(label ?? '') === 'waiting', isAlive: label !== null };
    })
    .filter(({ isRecent, isAlive }) => isRecent || isAlive);
}

function refuseMore(counted: readonly Counted[], settings: Settings): Refusal | null {
  const {
    ONLINE_MATCH_WAITING_ROOMS: maxWaiting,
    ONLINE_MATCH_CREATIONS_PER_MINUTE: maxPerMinute,
    ONLINE_MATCH_ROOMS_PER_USER: maxAlive,
  } = settings;
  if (counted.filter(({ isWaiting }) => isWaiting).length >= maxWaiting) {
    return refuse(
      'too-many-rooms',
      `${maxWaiting} matches of yours wait for a first player, join one of them`,
    );
  }
  if (counted.filter(({ isRecent }) => isRecent).length >= maxPerMinute) {
    return refuse('too-many-rooms', `you made ${maxPerMinute} matches within a minute, wait a little`);
  }
  if (counted.filter(({ isAlive }) => isAlive).length < maxAlive) return null;
  return refuse(
    'too-many-rooms',
    `${maxAlive} matches of yours are not over, you can make one when one of them is`,
  );
}
