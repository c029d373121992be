import { refuse } from '../../protocol/refusal.ts';
import {
  type CreateRequest,
  decodeCreateRequest,
  encodeCreated,
} from '../../protocol/rpcs/create-online-match.ts';
import { type Foundation, termsOfRequest } from '../../room/terms.ts';
import { createMatch } from '../match/make-match.ts';
import { lockFor } from '../match/passwords.ts';
import { createWithinBounds } from '../server/rooms-per-user.ts';
import { boundsIn, settingsIn } from '../server/settings.ts';
import { throwRefusal, valueOrThrow } from '../server/throw-refusal.ts';
import { orRefuse } from './or-refuse.ts';

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
  const request = valueOrThrow(nk, decodeCreateRequest(payload));
  const founding = foundingFor(ctx, nk, request);
  const terms = valueOrThrow(nk, termsOfRequest(request, founding, boundsIn(settings)));
  const lock = request.password === null ? null : lockFor(nk, request.password);
  const make = () => createMatch(nk, terms, settings, lock);
  const { userId } = ctx;
  const { matchId, code } = orRefuse(nk, logger, () =>
    userId ? createWithinBounds(nk, userId, settings, make) : make(),
  );
  const { minPlayers, maxPlayers, version: clientVersion } = terms;
  const host = founding.kind === 'created' ? 'creator' : 'elect';
  return encodeCreated({
    ...{ matchId, code, minPlayers, maxPlayers, clientVersion, host },
    onHostLeft: terms.onHostLeft,
    topology: terms.topology,
  });
}

/** A call with the server's http_key has no user: it is trusted, and there is nobody to be the creator. */
function foundingFor(
  { userId, sessionId }: nkruntime.Context,
  nk: nkruntime.Nakama,
  { host }: CreateRequest,
): Foundation {
  if (userId) {
    if (host === 'elect') return { kind: 'elected' };
    return { kind: 'created', creator: { userId, sessionId: sessionId || null } };
  }
  if (host !== 'creator') return { kind: 'elected' };
  return throwRefusal(nk, refuse('bad-request', 'host must be "elect" when no player makes the match'));
}
