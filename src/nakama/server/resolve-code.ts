import { codeIn } from '../../protocol/code.ts';
import { matchWithCode } from './codes.ts';
import { countWrongGuess, type Guesser, refuseGuess } from './guesses.ts';
import { count } from './metrics.ts';
import type { Settings } from './settings.ts';
import { throwRefusal } from './throw-refusal.ts';

/**
 * The id of the room with this code, or null where there is none, which counts as a wrong guess.
 * @throws the refusal `too-many-requests`
 */
export function resolveCode(
  nk: nkruntime.Nakama,
  settings: Settings,
  who: Guesser,
  code: string,
): string | null {
  const refusal = refuseGuess(nk, settings, 'code', who);
  if (refusal !== null) {
    count(nk, 'online_match_codes_total', { outcome: 'refused' });
    return throwRefusal(nk, refusal);
  }
  const matchId = matchWithCode(nk, code);
  if (matchId === null) countWrongGuess(nk, settings, 'code', who);
  count(nk, 'online_match_codes_total', { outcome: matchId === null ? 'unknown' : 'found' });
  return matchId;
}

/** What a request names its match by: an id as it is, or the id of the room whose code it is. */
export function resolveMatch(
  nk: nkruntime.Nakama,
  settings: Settings,
  who: Guesser,
  idOrCode: string,
): string | null {
  const code = codeIn(idOrCode);
  return code === null ? idOrCode : resolveCode(nk, settings, who, code);
}
