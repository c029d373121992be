import { CLIENT_VERSION, isVersion } from '../../protocol/version.ts';
import { invitationsFor } from '../../room/room.ts';
import { createMatch, type Terms } from '../match/make-match.ts';
import { count } from '../server/metrics.ts';
import { settingsIn } from '../server/settings.ts';
import { Property } from './ticket.ts';

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
