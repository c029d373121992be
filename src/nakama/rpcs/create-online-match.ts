import { lobbyViewOf } from '../../protocol/label.ts';
import { type Refusal, refuse } from '../../protocol/refusal.ts';
import {
  type CreateRequest,
  type Decoded,
  decodeCreateRequest,
  decodeGetRequest,
  decodeSealRequest,
} from '../../protocol/requests.ts';
import { type Asker, NOT_HOST } from '../../room/seal.ts';
import { createMatch, type Terms, termsFor } from '../match/make-match.ts';
import { askMatch } from '../server/ask-match.ts';
import { createWithinBounds } from '../server/rooms-per-user.ts';
import { settingsIn } from '../server/settings.ts';
import { isRoom, isUserIn, labelOfMatch } from '../server/streams.ts';
import { isRefusal, throwRefusal } from '../server/throw-refusal.ts';

/**
 * `create_online_match`: `{min_players?, max_players?, client_version?, host?: "creator" | "elect",
 * dialect?: "A" | "R" | "C"}` →
 * `{match_id, min_players, max_players, client_version, host}`. The caller then joins the match like
 * everybody else. Errors: `bad-request`, `too-many-rooms`, `busy`.
 */
export function createOnlineMatch(
  ctx: nkruntime.Context,
  logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  payload: string,
): string {
  const settings = settingsIn(ctx);
  const request = valueIn(nk, decodeCreateRequest(payload));
  const founding = foundingFor(ctx, nk, request);
  const terms = valueIn(nk, termsFor(request, founding, settings));
  const make = () => createMatch(nk, terms, settings);
  const { userId } = ctx;
  const matchId = orRefuse(nk, logger, () =>
    userId ? createWithinBounds(nk, userId, settings, make) : make(),
  );
  return JSON.stringify({
    match_id: matchId,
    min_players: terms.minPlayers,
    max_players: terms.maxPlayers,
    client_version: terms.version,
    host: founding.kind === 'created' ? 'creator' : 'elect',
  });
}

/**
 * Nakama makes no match while it shuts down, and bounds cannot be kept without its database. Its own error would
 * reach the client with a stack, and the database's address.
 */
function orRefuse(nk: nkruntime.Nakama, logger: nkruntime.Logger, make: () => string): string {
  try {
    return make();
  } catch (error) {
    if (isRefusal(error)) throw error;
    logger.error('create_online_match could not make a room: %s', String(error));
    return throwRefusal(nk, refuse('busy', 'the server makes no matches now, try again later'));
  }
}

/**
 * `seal_online_match`: `{match_id, sealed, force?}` → `{match_id, sealed}`. Only the host may; while sealed,
 * nobody new comes in. `force` seals while players are not connected, too.
 * Errors: `bad-request`, `match-not-found`, `not-host`, `too-few-players`, `links-pending`, `host-left`, `match-sealed`, `busy`.
 */
export function sealOnlineMatch(
  ctx: nkruntime.Context,
  _logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  payload: string,
): string {
  const { matchId, sealed, force } = valueIn(nk, decodeSealRequest(payload));
  if (!isRoom(nk, matchId)) return throwRefusal(nk, NOT_FOUND);
  const by = askerIn(ctx);
  // A stranger must not reach a room's signal queue, where his calls would keep its players waiting.
  if (by !== null && !isUserIn(nk, matchId, by.userId, by.sessionId)) return throwRefusal(nk, NOT_HOST);
  const answer = askMatch(nk, matchId, { type: 'seal', by, sealed, force });
  if (answer.outcome === 'gone') return throwRefusal(nk, NOT_FOUND);
  if (answer.outcome !== 'done') return throwRefusal(nk, refuse('busy', 'the match is too busy, try again'));
  const refusal = JSON.parse(answer.data) as Refusal | null;
  return refusal === null ? JSON.stringify({ match_id: matchId, sealed }) : throwRefusal(nk, refusal);
}

/**
 * `get_online_match`: `{match_id}` → `{match_id, phase, players, open_seats, min_players, max_players,
 * client_version, host}`, as a lobby shows it; the match itself is not disturbed. Errors: `bad-request`,
 * `match-not-found`.
 */
export function getOnlineMatch(
  _ctx: nkruntime.Context,
  _logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  payload: string,
): string {
  const { matchId } = valueIn(nk, decodeGetRequest(payload));
  return lobbyViewOf(matchId, labelOfMatch(nk, matchId) ?? '') ?? throwRefusal(nk, NOT_FOUND);
}

const NOT_FOUND = refuse('match-not-found', 'there is no such match, or it has ended');

function valueIn<T>(nk: nkruntime.Nakama, decoded: Decoded<T>): T {
  return decoded.refusal === null ? decoded.value : throwRefusal(nk, decoded.refusal);
}

/** A call with the server's http_key has no user: it is trusted, and there is nobody to be the creator. */
function foundingFor(
  { userId, sessionId }: nkruntime.Context,
  nk: nkruntime.Nakama,
  { host }: CreateRequest,
): Terms['founding'] {
  if (userId) {
    if (host === 'elect') return { kind: 'elected' };
    return { kind: 'created', creator: { userId, sessionId: sessionId || null } };
  }
  if (host !== 'creator') return { kind: 'elected' };
  return throwRefusal(nk, refuse('bad-request', 'host must be "elect" when no player makes the match'));
}

function askerIn({ userId, sessionId }: nkruntime.Context): Asker {
  return userId ? { userId, sessionId: sessionId || null } : null;
}
