import { matchFrom, termsOf } from '../match/make-match.ts';
import { keepLock, lockFor } from '../match/passwords.ts';
import type { State } from '../match/state.ts';
import { countMade } from '../match/tally.ts';
import { rememberCode } from '../server/codes.ts';
import { settingsIn } from '../server/settings.ts';

/**
 * Makes the match that a game's own server code asks for.
 * @throws when its parameters are wrong: Nakama then makes no match and tells whoever asked for it.
 */
export const matchInit: nkruntime.MatchInitFunction<State> = (ctx, _logger, nk, params) => {
  const settings = settingsIn(ctx);
  const made = matchFrom(nk, termsOf(params, settings), settings);
  const { room } = made.state;
  const { password } = params;
  if (typeof password === 'string') keepLock(nk, ctx.matchId ?? '', lockFor(nk, password));
  rememberCode(nk, room.sign.code, ctx.matchId ?? '');
  countMade(nk, room);
  return made;
};
