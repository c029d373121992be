import { refuse } from '../protocol/refusal.ts';
import { CLIENT_VERSION, isVersion, MAX_VERSION_LENGTH, versionKeyOf } from '../protocol/version.ts';
import { invitationsFor } from '../room/room.ts';
import { count } from './metrics.ts';
import { isMarked, type Settings, settingsIn } from './settings.ts';
import { createMatch, refuseCounts, type Terms } from './terms.ts';
import { throwRefusal } from './throw-refusal.ts';

/** What the module writes into a ticket. */
const Property = {
  VERSION: 'online_match_version',
  MIN: 'online_match_min',
  MAX: 'online_match_max',
} as const;

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
  return { ...envelope, matchmakerAdd: adopt(ctx, nk, envelope.matchmakerAdd) };
}

export function beforePartyMatchmakerAdd(
  ctx: nkruntime.Context,
  _logger: nkruntime.Logger,
  nk: nkruntime.Nakama,
  envelope: nkruntime.EnvelopePartyMatchmakerAdd,
): nkruntime.EnvelopePartyMatchmakerAdd {
  return { ...envelope, partyMatchmakerAdd: adopt(ctx, nk, envelope.partyMatchmakerAdd) };
}

/** The ticket as the matchmaker shall see it. @throws a refusal, which the client gets as the error of its request. */
function adopt<T extends Ticket>(ctx: nkruntime.Context, nk: nkruntime.Nakama, ticket: T): T {
  const settings = settingsIn(ctx);
  if (!isAdopted(ctx, ticket, settings)) return withoutOurs(ticket);

  const { minCount = 0, maxCount = 0, query = '' } = ticket;
  const refusal = refuseCounts(['min_count', minCount], ['max_count', maxCount], settings);
  if (refusal !== null) throwRefusal(nk, refusal);
  const version = versionFor(ctx, nk, ticket);
  const key = versionKeyOf(version);
  return {
    ...ticket,
    query: `+properties.${Property.VERSION}:${key} ${withoutVersionClause(query, version)}`.trim(),
    stringProperties: {
      ...ticket.stringProperties,
      ...(version === null ? {} : { [CLIENT_VERSION]: version }),
      [Property.VERSION]: key,
    },
    numericProperties: { ...ticket.numericProperties, [Property.MIN]: minCount, [Property.MAX]: maxCount },
  };
}

/** What the module did not write must not pass for its own: it would spoil the room of those matched with it. */
function withoutOurs<T extends Ticket>(ticket: T): T {
  const { stringProperties, numericProperties } = ticket;
  const names = Object.values<string>(Property);
  const isForged = [stringProperties, numericProperties].some((all) =>
    names.some((name) => name in (all ?? {})),
  );
  if (!isForged) return ticket;
  const strip = <V>(all: { readonly [key: string]: V } = {}) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)));
  return {
    ...ticket,
    stringProperties: strip(stringProperties),
    numericProperties: strip(numericProperties),
  };
}

function isAdopted({ vars }: nkruntime.Context, ticket: Ticket, settings: Settings): boolean {
  switch (settings.ONLINE_MATCH_ADOPT_MATCHMAKER) {
    case 'all':
      return true;
    case 'marked':
      return [ticket.stringProperties, ticket.numericProperties, vars].some(isMarked);
    case 'off':
      return false;
  }
}

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

  const players = matches.map(({ presence, properties }) => ({
    sessionId: presence.sessionId,
    userId: presence.userId,
    username: presence.username,
    version: (properties[CLIENT_VERSION] as string | undefined) ?? null,
  }));
  const [first] = players;
  try {
    const terms: Terms = {
      minPlayers: Math.max(...matches.map(({ properties }) => Number(properties[Property.MIN]))),
      maxPlayers: Math.max(
        players.length,
        Math.min(...matches.map(({ properties }) => Number(properties[Property.MAX]))),
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
