import { CLIENT_VERSION, isVersion, versionKeyOf } from '../../protocol/version.ts';
import { refuseCounts } from '../../room/terms.ts';
import { refuseContradiction, UNREADABLE_VERSION } from '../../room/version.ts';
import { boundsIn, type Settings, settingsIn } from '../server/settings.ts';
import { throwRefusal } from '../server/throw-refusal.ts';
import { isMarked } from './marked.ts';

/** What the module writes into a ticket; nobody else's value of these names gets in. */
export const Property = {
  VERSION: 'online_match_version',
  MIN: 'online_match_min',
  MAX: 'online_match_max',
} as const;

const RESERVED = Object.values<string>(Property);

type Ticket = Pick<
  nkruntime.MatchmakerAddMessage,
  'minCount' | 'maxCount' | 'query' | 'stringProperties' | 'numericProperties'
>;

/** The ticket as the matchmaker shall see it. @throws a refusal, which the client gets as the error of its request. */
export function ticketFor<T extends Ticket>(ctx: nkruntime.Context, nk: nkruntime.Nakama, ticket: T): T {
  const settings = settingsIn(ctx);
  if (settings.ONLINE_MATCH_ADOPT_MATCHMAKER === 'off') return ticket;
  return isAdopted(ctx, ticket, settings) ? adopted(ctx, nk, ticket, settings) : keptApart(ticket);
}

/** Tickets of our players say so; a `*` of another game would take them all, since matching is one-sided. */
function isAdopted({ vars }: nkruntime.Context, ticket: Ticket, settings: Settings): boolean {
  if ([ticket.stringProperties, ticket.numericProperties, vars].some(isMarked)) return true;
  const namesVersion = [ticket.stringProperties, vars].some((all) => CLIENT_VERSION in (all ?? {}));
  return settings.ONLINE_MATCH_ADOPT_MATCHMAKER === 'all' && namesVersion;
}

function adopted<T extends Ticket>(
  ctx: nkruntime.Context,
  nk: nkruntime.Nakama,
  ticket: T,
  settings: Settings,
): T {
  const { minCount = 0, maxCount = 0, query = '' } = ticket;
  const refusal = refuseCounts(['min_count', minCount], ['max_count', maxCount], boundsIn(settings));
  if (refusal !== null) throwRefusal(nk, refusal);
  const version = versionFor(ctx, nk, ticket);
  const key = versionKeyOf(version);
  return {
    ...ticket,
    query: `+${clause(key)} ${withoutVersionClause(query, version)}`.trim(),
    stringProperties: {
      ...without(ticket.stringProperties, RESERVED),
      ...(version === null ? {} : { [CLIENT_VERSION]: version }),
      [Property.VERSION]: key,
    },
    // Nakama lays the numbers over the texts: a number of that name would hide the version.
    numericProperties: {
      ...without(ticket.numericProperties, [...RESERVED, CLIENT_VERSION]),
      [Property.MIN]: minCount,
      [Property.MAX]: maxCount,
    },
  };
}

/** Another game's ticket: as it came, but it can neither pass for ours nor take one of ours. */
function keptApart<T extends Ticket>(ticket: T): T {
  const { query = '', stringProperties, numericProperties } = ticket;
  return {
    ...ticket,
    query: withoutOurs(query),
    ...(stringProperties && { stringProperties: without(stringProperties, RESERVED) }),
    ...(numericProperties && { numericProperties: without(numericProperties, RESERVED) }),
  };
}

/** Nakama's `*`, also where there is no query, is only one by itself. A query without a word stays the error that it is. */
function withoutOurs(query: string): string {
  const ours = `-${clause('v*')}`;
  if (query === '' || query === '*') return ours;
  return /^\s*\\?$/.test(query) ? query : `${ours} ${query}`;
}

/**
 * In front, where an escape at the query's end cannot reach it; and with a boost, of which a clause has one at
 * most: else a query that begins with `~9` would make this clause a fuzzy one.
 */
const clause = (key: string): string => `properties.${Property.VERSION}:${key}^1`;

const without = <V>(all: { readonly [key: string]: V } = {}, names: readonly string[]) =>
  Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)));

function versionFor({ vars }: nkruntime.Context, nk: nkruntime.Nakama, ticket: Ticket): string | null {
  const named = [ticket.stringProperties?.[CLIENT_VERSION], vars?.[CLIENT_VERSION]];
  const versions = [...new Set(named.filter((one) => one !== undefined))];
  const [version] = versions;
  if (version === undefined) return null;
  const contradiction = refuseContradiction(versions);
  if (contradiction !== null) throwRefusal(nk, contradiction);
  return isVersion(version) ? version : throwRefusal(nk, UNREADABLE_VERSION);
}

/** The addon puts its version into the query as it is, where dates never match and a colon is an error. */
function withoutVersionClause(query: string, version: string | null): string {
  return version === null ? query : query.replace(`+properties.${CLIENT_VERSION}:${version}`, '');
}
