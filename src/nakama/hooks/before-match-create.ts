import type { Session } from '../../room/seats/seat.ts';
import { termsOfAddon } from '../../room/terms.ts';
import { createMatch } from '../match/make-match.ts';
import { askMatch } from '../server/ask-match.ts';
import { count } from '../server/metrics.ts';
import { createWithinBounds } from '../server/rooms-per-user.ts';
import { boundsIn, type Settings, settingsIn } from '../server/settings.ts';
import { sendRawTo, streamOf } from '../server/streams.ts';
import { isRefusal } from '../server/throw-refusal.ts';
import { isMarked } from './marked.ts';

/**
 * Before MatchCreate: answers the addon's `create_match` with a room of this module, which Nakama would make a
 * relayed match. The hook cannot give Nakama another match to create, so it sends the reply itself and then
 * fails: clients go by the first answer to their request, and only log the second.
 *
 * Whatever can fail comes before the reply. Then the client gets the relayed match, as without this module.
 */
export function beforeMatchCreate(
  ctx: nkruntime.Context,
  logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  envelope: nkruntime.EnvelopeMatchCreateMessage,
): nkruntime.EnvelopeMatchCreateMessage {
  const { cid, matchCreate } = envelope as unknown as CreateRequest;
  const settings = settingsIn(ctx);
  if (matchCreate.name || !isAdopted(ctx, settings)) return envelope;

  const host = hostIn(ctx);
  const matchId = createRoomFor(host, settings, logger, nk);
  if (matchId === null) return envelope;
  const stream = streamOf(matchId);
  // Hidden at first: the addon must not hear of its own player before the reply, nor miss who joins right after it.
  nk.streamUserJoin(host.userId, host.sessionId, stream, true, false, '');
  reply(nk, matchId, host, cid);
  nk.streamUserUpdate(host.userId, host.sessionId, stream, false, false, '');
  askMatch(nk, matchId, { type: 'answered', who: host });
  throw ANSWERED;
}

/** What the hook is given; the typings leave these out. */
interface CreateRequest {
  readonly cid?: string;
  readonly matchCreate: { readonly name?: string };
}

/** A plain object, since the runtime logs a stack for an Error. */
const ANSWERED = { message: 'match-created: the answer was sent before this one', code: 6 };

function isAdopted(ctx: nkruntime.Context, { ONLINE_MATCH_ADOPT_MATCH_CREATE: adopt }: Settings): boolean {
  return adopt === 'all' || (adopt === 'marked' && isMarked(ctx.vars));
}

function hostIn({ userId = '', sessionId = '', username = '', node }: nkruntime.Context): Session {
  return { userId, sessionId, username, node };
}

/** Null when it cannot be made, of which the log tells once: the same reason holds for the next. */
function createRoomFor(
  host: Session,
  settings: Settings,
  logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
): string | null {
  const terms = termsOfAddon(host, boundsIn(settings));
  try {
    return createWithinBounds(nk, host.userId, settings, () => createMatch(nk, terms, settings)).matchId;
  } catch (error) {
    const why = isRefusal(error) ? 'bounds' : 'failure';
    count(nk, 'online_match_rooms_not_made_total', { way: 'create_match', why });
    if (!nk.localcacheGet(TOLD)) {
      nk.localcachePut(TOLD, true);
      logger.warn('create_match gets a relayed match, a room could not be made: %s', reasonIn(error));
    }
    return null;
  }
}

const TOLD = 'online_match/create_match_failed';

function reasonIn(error: unknown): string {
  return (error as { message?: string }).message ?? String(error);
}

function reply(nk: nkruntime.Nakama, matchId: string, host: Session, cid = ''): void {
  const self = { user_id: host.userId, session_id: host.sessionId, username: host.username };
  const envelope = { cid, match: { match_id: matchId, authoritative: true, size: 1, self } };
  sendRawTo(nk, host, envelope);
}
