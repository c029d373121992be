import { encodeLabel } from '../../protocol/label.ts';
import { refusalText } from '../../protocol/refusal.ts';
import { decodeCreateRequest } from '../../protocol/rpcs/create-online-match.ts';
import { labelOf } from '../../room/label-of.ts';
import { TICKS_PER_SECOND } from '../../room/room.ts';
import { roomOn, type Terms, termsOfRequest } from '../../room/terms.ts';
import { boundsIn, rulesFor, type Settings } from '../server/settings.ts';
import { HANDLER, NEW_MATCH } from './handler.ts';
import { type State, stateOf } from './state.ts';
import { countMade } from './tally.ts';

/** What `matchInit` gives Nakama. */
export interface NewMatch {
  state: State;
  tickRate: number;
  label: string;
}

export function matchFrom(terms: Terms, settings: Settings): NewMatch {
  const room = roomOn(terms, rulesFor(settings, terms));
  return { state: stateOf(room), tickRate: TICKS_PER_SECOND, label: encodeLabel(labelOf(room)) };
}

/**
 * Makes a match and answers its id. The room is made here, where the code for it is at hand, and not in the
 * match's own VM. @throws when Nakama cannot make the match.
 */
export function createMatch(nk: nkruntime.Nakama, terms: Terms, settings: Settings): string {
  const made = matchFrom(terms, settings);
  const matchId = nk.matchCreate(HANDLER, { [NEW_MATCH]: JSON.stringify(made) });
  countMade(nk, made.state.room);
  return matchId;
}

/**
 * The terms of a match that a game's own server code creates: the fields of `create_online_match`
 * (`nk.matchCreate('online_match', { min_players: 3 })`); the room elects.
 * @throws an Error that says what is wrong with the parameters; `nk.matchCreate` passes it on.
 */
export function termsOf(params: { readonly [key: string]: unknown }, settings: Settings): Terms {
  const request = decodeCreateRequest(JSON.stringify(params));
  if (request.refusal !== null) throw new Error(refusalText(request.refusal));
  const terms = termsOfRequest(request.value, { kind: 'elected' }, boundsIn(settings));
  if (terms.refusal !== null) throw new Error(refusalText(terms.refusal));
  return terms.value;
}
