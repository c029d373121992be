import { refuse } from '../../protocol/refusal.ts';
import {
  decodeQuickRequest,
  encodeQuick,
  type Quick,
  type QuickRequest,
} from '../../protocol/rpcs/join-or-create-online-match.ts';
import { termsToMeet } from '../../room/quick-play.ts';
import { createMatch } from '../match/make-match.ts';
import { askMatch } from '../server/ask-match.ts';
import { findRooms } from '../server/listing.ts';
import { count } from '../server/metrics.ts';
import { quickPlayOf } from '../server/quick-play.ts';
import { takeRequest } from '../server/requests.ts';
import { createWithinBounds } from '../server/rooms-per-user.ts';
import { boundsIn, type Settings, settingsIn } from '../server/settings.ts';
import { decodeCommanded } from '../server/signals.ts';
import { sleep } from '../server/sleep.ts';
import { throwRefusal, valueOrThrow } from '../server/throw-refusal.ts';
import { orRefuse } from './or-refuse.ts';

/**
 * `join_or_create_online_match`: `{client_version?, name?, open_seats?, properties?, create?: as create_online_match}` →
 * `{match_id, code, created}`: a public match without a password that is as wanted, with a seat kept for the caller
 * for `ONLINE_MATCH_SEAT_SEC`, or a new one. Errors: `bad-request`, `too-many-requests`, `too-many-rooms`, `busy`.
 */
export function joinOrCreateOnlineMatch(
  ctx: nkruntime.Context,
  logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  payload: string,
): string {
  const settings = settingsIn(ctx);
  const request = valueOrThrow(nk, decodeQuickRequest(payload));
  const { userId, sessionId } = ctx;
  if (!userId)
    return throwRefusal(nk, refuse('bad-request', 'only a player can have a match found for them'));
  takeRequest(nk, settings, ctx);
  const founding = { kind: 'created', creator: { userId, sessionId: sessionId || null } } as const;
  const terms = valueOrThrow(nk, termsToMeet(request.wanted, request.create, founding, boundsIn(settings)));
  const make = () => createMatch(nk, terms, settings);
  const found = findOrMake(nk, settings, userId, request, () =>
    orRefuse(nk, logger, () => createWithinBounds(nk, userId, settings, make)),
  );
  count(nk, 'online_match_quick_play_total', { outcome: found.created ? 'created' : 'joined' });
  return encodeQuick(found);
}

/** Somebody else makes a room that would do: how long to wait for it, and how often to look. */
const PATIENCE_MS = 2000;
const LOOK_AGAIN_MS = 8;

/** Of the rooms that Nakama's index has, so many are asked. */
const TRIES = 3;

/**
 * Of many who ask at once, one makes a room, and the others get a seat in it: Nakama's index would show it to them only
 * a second later.
 */
function findOrMake(
  nk: nkruntime.Nakama,
  settings: Settings,
  userId: string,
  { wanted, create }: QuickRequest,
  make: () => { readonly matchId: string; readonly code: string },
): Quick {
  const place = quickPlayOf(nk, JSON.stringify([wanted, create.dialect]));
  const seatIn = (matchId: string): Quick | null => {
    const code = keepSeat(nk, matchId, userId, wanted.clientVersion);
    return code === null ? null : { matchId, code, created: false };
  };
  const listed = () => {
    const mostPlayers = settings.ONLINE_MATCH_MAX_PLAYERS;
    const { matches } = findRooms(
      nk,
      { ...wanted, hasPassword: false },
      { limit: TRIES, below: null, mostPlayers },
    );
    for (const { matchId } of matches) {
      const quick = seatIn(matchId);
      if (quick !== null) return quick;
    }
    return null;
  };
  const end = Date.now() + PATIENCE_MS;
  for (let isFirst = true; ; isFirst = false) {
    const newest = place.newest();
    const quick = (newest === null ? null : seatIn(newest)) ?? (isFirst ? listed() : null);
    if (quick !== null) return quick;
    if (place.begin()) break;
    if (Date.now() > end || !sleep(nk, LOOK_AGAIN_MS)) {
      return throwRefusal(nk, refuse('busy', 'too many players ask at once, try again'));
    }
  }
  try {
    const newer = place.newest();
    const quick = newer === null ? null : seatIn(newer);
    if (quick !== null) return quick;
    const { matchId, code } = make();
    place.put(matchId);
    return { matchId, code, created: true };
  } finally {
    place.end();
  }
}

/** The code of the room that keeps a seat; null where it does not. */
function keepSeat(
  nk: nkruntime.Nakama,
  matchId: string,
  userId: string,
  version: string | null,
): string | null {
  const answer = askMatch(nk, matchId, { type: 'chosen', userId, version });
  if (answer.outcome !== 'done') return null;
  const { refusal, code } = decodeCommanded(answer.data);
  return refusal === null ? code : null;
}
