import { CLIENT_VERSION, isVersion } from '../../protocol/version.ts';
import { termsOfGroup } from '../../room/terms.ts';
import { createMatch } from '../match/make-match.ts';
import { count } from '../server/metrics.ts';
import { boundsIn, settingsIn } from '../server/settings.ts';
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

  const group = matches.map(({ presence, properties }) => ({
    sessionId: presence.sessionId,
    userId: presence.userId,
    username: presence.username,
    version: isVersion(properties[CLIENT_VERSION]) ? properties[CLIENT_VERSION] : null,
    minCount: countIn(properties[Property.MIN]),
    maxCount: countIn(properties[Property.MAX]),
  }));
  try {
    return createMatch(nk, termsOfGroup(group, boundsIn(settings)), settings).matchId;
  } catch (error) {
    count(nk, 'online_match_rooms_not_made_total', { way: 'matchmaker', why: 'failure' });
    logger.error('no room for %d matched players, they get a relayed match: %s', group.length, String(error));
  }
}

/** What a game's own hook let in has not been seen by ours. */
const countIn = (value: unknown): number | null => (Number.isInteger(value) ? (value as number) : null);
