import { decodeListRequest, encodeList } from '../../protocol/rpcs/list-online-matches.ts';
import { findRooms } from '../server/listing.ts';
import { count } from '../server/metrics.ts';
import { takeRequest } from '../server/requests.ts';
import { settingsIn } from '../server/settings.ts';
import { remembered } from '../server/short-memory.ts';
import { valueOrThrow } from '../server/throw-refusal.ts';
import { wantedBy } from '../server/wanted-by.ts';

/**
 * `list_online_matches`: `{client_version?, dialect?, announced?, name?, has_password?, open_seats?, properties?: {key: value | {min?, max?}},
 * limit?, cursor?}` → `{matches: [as get_online_match], cursor: text | null}`: public ones that can be joined, the
 * fullest first. Errors: `bad-request`, `too-many-requests`.
 */
export function listOnlineMatches(
  ctx: nkruntime.Context,
  _logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  payload: string,
): string {
  const settings = settingsIn(ctx);
  const { limit, below, ...request } = valueOrThrow(nk, decodeListRequest(payload));
  const wanted = wantedBy(ctx, request.wanted);
  takeRequest(nk, settings, ctx);
  const mostPlayers = settings.ONLINE_MATCH_MAX_PLAYERS;
  const question = JSON.stringify([wanted, limit, below]);
  const { text, isFresh } = remembered(nk, 'listing', question, () => {
    const { matches, next } = findRooms(nk, wanted, { limit, below, mostPlayers });
    return encodeList(matches, next);
  });
  count(nk, 'online_match_listings_total', { answer: isFresh ? 'looked-up' : 'remembered' });
  return text;
}
