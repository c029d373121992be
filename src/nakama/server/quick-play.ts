import { refuse } from '../../protocol/refusal.ts';
import type { Quick } from '../../protocol/rpcs/join-or-create-online-match.ts';
import type { Wanted } from '../../protocol/rpcs/list-online-matches.ts';
import { askMatch } from './ask-match.ts';
import { findRooms } from './listing.ts';
import { decodeCommanded } from './signals.ts';
import { sleep } from './sleep.ts';
import { throwRefusal } from './throw-refusal.ts';

/** What a user wants, and how to make it. */
export interface Wish {
  readonly userId: string;
  readonly wanted: Wanted;
  readonly mostPlayers: number;
  /** @throws where a room cannot be made */
  readonly make: () => { readonly matchId: string; readonly code: string };
}

/**
 * While somebody else makes a room that would do: how long to wait for it, which is less than clients wait for an answer; and
 * how often to look.
 */
const PATIENCE_MS = 9000;
const LOOK_AGAIN_MS = 8;

/** Of the rooms that Nakama's index has, so many are asked. */
const TRIES = 3;

/**
 * A room with a seat kept for the user. Of many who want the same at once one makes a room, and the others get a seat
 * in it, which Nakama's index would show them only a second later. @throws the refusal `busy`, and what `make` throws
 */
export function findOrMake(nk: nkruntime.Nakama, wish: Wish): Quick {
  const place = placeOf(nk, wish.wanted);
  const end = Date.now() + PATIENCE_MS;
  const listed = seatInOneOf(nk, wish, [...newestAt(place), ...listedFor(nk, wish)]);
  if (listed !== null) return listed;
  for (;;) {
    const quick = seatInOneOf(nk, wish, newestAt(place)) ?? makeAt(nk, wish, place);
    if (quick !== null) return quick;
    if (Date.now() > end || !sleep(nk, LOOK_AGAIN_MS)) {
      return throwRefusal(nk, refuse('busy', 'too many players ask at once, try again'));
    }
  }
}

function listedFor(nk: nkruntime.Nakama, { wanted, mostPlayers }: Wish): string[] {
  const page = { limit: TRIES, below: null, mostPlayers };
  return findRooms(nk, { ...wanted, hasPassword: false }, page).matches.map(({ matchId }) => matchId);
}

function newestAt(place: Place): string[] {
  const newest = place.newest();
  return newest === null ? [] : [newest];
}

function seatInOneOf(nk: nkruntime.Nakama, wish: Wish, matchIds: readonly string[]): Quick | null {
  for (const matchId of matchIds) {
    const code = keepSeat(nk, matchId, wish);
    if (code !== null) return { matchId, code, created: false };
  }
  return null;
}

/** The code of the room that keeps a seat; null where it does not. */
function keepSeat(nk: nkruntime.Nakama, matchId: string, { userId, wanted }: Wish): string | null {
  const answer = askMatch(nk, matchId, {
    ...{ type: 'chosen', userId },
    ...{ version: wanted.clientVersion, announced: wanted.announced },
  });
  if (answer.outcome !== 'done') return null;
  const { refusal, code } = decodeCommanded(answer.data);
  return refusal === null ? code : null;
}

/** Null while somebody else makes one. */
function makeAt(nk: nkruntime.Nakama, wish: Wish, place: Place): Quick | null {
  if (!place.begin()) return null;
  try {
    // Another may have been made since this looked, or begun in the same moment.
    const quick = seatInOneOf(nk, wish, newestAt(place));
    if (quick !== null || !place.isOwn()) return quick;
    const { matchId, code } = wish.make();
    place.put(matchId);
    return { matchId, code, created: true };
  } finally {
    place.end();
  }
}

/** What this node remembers of one wish: the room that it made last for it, and who makes another. */
interface Place {
  newest(): string | null;
  put(matchId: string): void;
  /** Whether the caller is the one who makes a room now; then they say when they are through. */
  begin(): boolean;
  isOwn(): boolean;
  end(): void;
}

/** By then a room that has seats left is found in Nakama's index. */
const REMEMBERED_SEC = 30;
/** Should whoever makes a room never say that they are through. */
const MAKING_SEC = 5;

function placeOf(nk: nkruntime.Nakama, wanted: Wanted): Place {
  const hash = nk.sha256Hash(JSON.stringify(wanted));
  const [newest, making] = [`online_match/quick/${hash}`, `online_match/quick_making/${hash}`];
  const owner = Math.random();
  const isOwn = () => nk.localcacheGet(making) === owner;
  return {
    isOwn,
    newest: () => nk.localcacheGet(newest) ?? null,
    put: (matchId) => nk.localcachePut(newest, matchId, REMEMBERED_SEC),
    begin: () => {
      if (nk.localcacheGet(making) !== undefined) return false;
      nk.localcachePut(making, owner, MAKING_SEC);
      return isOwn();
    },
    end: () => {
      if (isOwn()) nk.localcacheDelete(making);
    },
  };
}
