import { refuse } from '../../protocol/refusal.ts';
import { CLIENT_VERSION, isVersion, MAX_VERSION_LENGTH, versionKeyOf } from '../../protocol/version.ts';
import { invitationsFor } from '../../room/room.ts';
import { createMatch, refuseCounts, type Terms } from '../match/make-match.ts';
import { count } from '../server/metrics.ts';
import { isMarked, type Settings, settingsIn } from '../server/settings.ts';
import { throwRefusal } from '../server/throw-refusal.ts';

/** What the module writes into a ticket; nobody else's value of these names gets in. */
const Property = {
  VERSION: 'online_match_version',
  MIN: 'online_match_min',
  MAX: 'online_match_max',
} as const;

const RESERVED = Object.values<string>(Property);

type Ticket = Pick<
  nkruntime.MatchmakerAddMessage,
  'minCount' | 'maxCount' | 'query' | 'stringProperties' | 'numericProperties'
>;

export function beforeMatchmakerAdd(
  ctx: nkruntime.Context,
  _logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  envelope: nkruntime.EnvelopeMatchmakerAdd,
): nkruntime.EnvelopeMatchmakerAdd {
  return { ...envelope, matchmakerAdd: sorted(ctx, nk, envelope.matchmakerAdd) };
}

export function beforePartyMatchmakerAdd(
  ctx: nkruntime.Context,
  _logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  envelope: nkruntime.EnvelopePartyMatchmakerAdd,
): nkruntime.EnvelopePartyMatchmakerAdd {
  return { ...envelope, partyMatchmakerAdd: sorted(ctx, nk, envelope.partyMatchmakerAdd) };
}

/** The ticket as the matchmaker shall see it. @throws a refusal, which the client gets as the error of its request. */
function sorted<T extends Ticket>(ctx: nkruntime.Context, nk: nkruntime.Nakama, ticket: T): T {
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
  const refusal = refuseCounts(['min_count', minCount], ['max_count', maxCount], settings);
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
  const [version, other] = [...new Set(named.filter((one) => one !== undefined))];
  if (version === undefined) return null;
  if (other !== undefined) {
    throwRefusal(
      nk,
      refuse('bad-request', `two client versions are named, "${version}" and "${other}"; name one`),
    );
  }
  if (!isVersion(version)) {
    throwRefusal(
      nk,
      refuse('bad-request', `${CLIENT_VERSION} must be text of at most ${MAX_VERSION_LENGTH} characters`),
    );
  }
  return version;
}

/** The addon puts its version into the query as it is, where dates never match and a colon is an error. */
function withoutVersionClause(query: string, version: string | null): string {
  return version === null ? query : query.replace(`+properties.${CLIENT_VERSION}:${version}`, '');
}

/**
 * Makes the room for those whom the matchmaker put together; nothing for a group with tickets that were not
 * adopted, which then gets Nakama's relayed match.
 */
export function matchmakerMatched(
  ctx: nkruntime.Context,
  logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  matches: nkruntime.MatchmakerResult[],
): string | undefined {
  const settings = settingsIn(ctx);
  const isOurs = matches.every(({ properties }) => typeof properties[Property.VERSION] === 'string');
  if (settings.ONLINE_MATCH_ADOPT_MATCHMAKER === 'off' || !isOurs) return;

  const players = matches.map(({ presence, properties: { [CLIENT_VERSION]: version } }) => ({
    sessionId: presence.sessionId,
    userId: presence.userId,
    username: presence.username,
    version: isVersion(version) ? version : null,
  }));
  const counts = (name: string) =>
    matches.map(({ properties }) => properties[name] as unknown).filter(isCount);
  const [first] = players;
  try {
    const terms: Terms = {
      minPlayers: Math.min(
        players.length,
        Math.max(settings.ONLINE_MATCH_MIN_PLAYERS, ...counts(Property.MIN)),
      ),
      maxPlayers: Math.max(
        players.length,
        Math.min(settings.ONLINE_MATCH_MAX_PLAYERS, ...counts(Property.MAX)),
      ),
      version: first?.version ?? null,
      language: null,
      founding: { kind: 'matched', invitations: invitationsFor(players), absent: [] },
    };
    return createMatch(nk, terms, settings);
  } catch (error) {
    count(nk, 'online_match_rooms_not_made_total', { way: 'matchmaker', why: 'failure' });
    logger.error(
      'no room for %d matched players, they get a relayed match: %s',
      players.length,
      String(error),
    );
  }
}

/** What a game's own hook let in has not been seen by ours. */
const isCount = (value: unknown): value is number => Number.isInteger(value);
