import { encodeLabel } from '../../protocol/label.ts';
import { refusalText } from '../../protocol/refusal.ts';
import { decodeCreateRequest } from '../../protocol/rpcs/create-online-match.ts';
import { labelOf } from '../../room/label-of.ts';
import { TICKS_PER_SECOND } from '../../room/room.ts';
import { roomOn, type Terms, termsOfRequest } from '../../room/terms.ts';
import { newSign, rememberCode } from '../server/codes.ts';
import { boundsIn, rulesFor, type Settings } from '../server/settings.ts';
import { HANDLER, NEW_MATCH } from './handler.ts';
import { keepLock } from './passwords.ts';
import { type State, stateOf } from './state.ts';
import { countMade } from './tally.ts';

/** What `matchInit` gives Nakama. */
export interface NewMatch {
  state: State;
  tickRate: number;
  label: string;
}

export function matchFrom(nk: nkruntime.Nakama, terms: Terms, settings: Settings): NewMatch {
  const room = roomOn(terms, rulesFor(settings, terms), newSign(nk));
  return { state: stateOf(room), tickRate: TICKS_PER_SECOND, label: encodeLabel(labelOf(room)) };
}

/** A match that was made. */
export interface Made {
  readonly matchId: string;
  readonly code: string;
}

/**
 * Makes a match. The room is made here, where the code for it is at hand, and not in the
 * match's own VM. @throws when Nakama cannot make the match.
 */
export function createMatch(
  nk: nkruntime.Nakama,
  terms: Terms,
  settings: Settings,
  lock: string | null = null,
): Made {
  const made = matchFrom(nk, terms, settings);
  const matchId = nk.matchCreate(HANDLER, { [NEW_MATCH]: JSON.stringify(made) });
  const { room } = made.state;
  if (lock !== null) keepLock(nk, matchId, lock);
  rememberCode(nk, room.sign.code, matchId);
  countMade(nk, room);
  return { matchId, code: room.sign.code };
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
