import { isPrivateLabel } from '../../protocol/label.ts';
import { settingsIn } from '../server/settings.ts';

/**
 * Before ListMatches, Nakama's own listing: it shows every match on the server to everybody, and private rooms are
 * not for everybody. All others it shows as before; only where a client says nothing of what it looks for,
 * Nakama cannot leave out some and show relayed matches too (`ListMatches` in server/match_registry.go).
 */
export function beforeListMatches(
  ctx: nkruntime.Context,
  _logger: nkruntime.Logger,
  _nk: nkruntime.Nakama,
  request: nkruntime.ListMatchesRequest,
): nkruntime.ListMatchesRequest {
  const { authoritative, label, query } = request;
  // Relayed ones alone; with a label or a query it is an error of Nakama.
  if (authoritative === false) return request;
  if (typeof query === 'string') return { ...request, query: withoutPrivate(query) };
  if (typeof label === 'string') return isPrivateLabel(label) ? { ...request, label: NO_LABEL } : request;
  if (authoritative !== true && settingsIn(ctx).ONLINE_MATCH_MATCH_LISTING === 'relayed') {
    return { ...request, authoritative: false };
  }
  return { ...request, query: NOT_PRIVATE };
}

/** With a boost, of which a clause has one at most: else a query that begins with `~9` would make this a fuzzy one. */
const NOT_PRIVATE = '-label.online_match:private^1';

/** In front, where an escape at the query's end cannot reach it. Nakama's `*` is only one by itself. */
function withoutPrivate(query: string): string {
  return query === '' || query === '*' ? NOT_PRIVATE : `${NOT_PRIVATE} ${query}`;
}

/** Rooms of which nothing is known yet share one label; this is nobody's. */
const NO_LABEL = '{"kind":"online_match","none":true}';
