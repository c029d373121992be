import { refuse } from '../../protocol/refusal.ts';
import { decodeQuickRequest, encodeQuick } from '../../protocol/rpcs/join-or-create-online-match.ts';
import { termsToMeet } from '../../room/door/quick-play.ts';
import { createMatch } from '../match/make-match.ts';
import { count } from '../server/metrics.ts';
import { findOrMake } from '../server/quick-play.ts';
import { takeRequest } from '../server/requests.ts';
import { createWithinBounds } from '../server/rooms-per-user.ts';
import { boundsIn, settingsIn } from '../server/settings.ts';
import { throwRefusal, valueOrThrow } from '../server/throw-refusal.ts';
import { wantedBy } from '../server/wanted-by.ts';
import { orRefuse } from './or-refuse.ts';

/**
 * `join_or_create_online_match`: `{client_version?, dialect?, announced?, name?, open_seats?, properties?, create?: as create_online_match}` →
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
  const { create } = request;
  const wanted = wantedBy(ctx, request.wanted);
  const founding = { kind: 'created', creator: { userId, sessionId: sessionId || null } } as const;
  const terms = valueOrThrow(nk, termsToMeet(wanted, create, founding, boundsIn(settings)));
  const make = () => createMatch(nk, terms, settings);
  const found = findOrMake(nk, {
    ...{ userId, wanted, mostPlayers: settings.ONLINE_MATCH_MAX_PLAYERS },
    make: () => orRefuse(nk, logger, () => createWithinBounds(nk, userId, settings, make)),
  });
  count(nk, 'online_match_quick_play_total', { outcome: found.created ? 'created' : 'joined' });
  return encodeQuick(found);
}
