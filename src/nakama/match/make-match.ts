import { encodeLabel } from '../../protocol/label.ts';
import { type Refusal, refusalText, refuse } from '../../protocol/refusal.ts';
import { type CreateRequest, type Decoded, decodeCreateRequest } from '../../protocol/requests.ts';
import { createAdoptedRoom } from '../../room/adopted.ts';
import { labelOf } from '../../room/lobby.ts';
import { createRoom, type Founding, type Language, type Recipient, type Room } from '../../room/room.ts';
import { rulesFor, type Settings, TICKS_PER_SECOND } from '../server/settings.ts';
import { HANDLER, NEW_MATCH } from './handler.ts';
import { type State, stateOf } from './state.ts';
import { countMade } from './tally.ts';

/** What a room is made from, whoever makes it. */
export interface Terms {
  readonly minPlayers: number;
  readonly maxPlayers: number;
  readonly version: string | null;
  readonly language: Language | null;
  readonly founding:
    | Exclude<Founding, { kind: 'adopted' }>
    | { readonly kind: 'adopted'; readonly host: Recipient };
}

function roomFrom({ minPlayers, maxPlayers, version, language, founding }: Terms, settings: Settings): Room {
  const rules = rulesFor(settings, minPlayers, maxPlayers);
  return 'host' in founding
    ? createAdoptedRoom(rules, founding.host)
    : createRoom(rules, founding, version, language);
}

/** The terms of a requested room; counts that the request leaves open fit themselves to those it gives. */
export function termsFor(
  request: CreateRequest,
  founding: Terms['founding'],
  settings: Settings,
): Decoded<Terms> {
  const {
    ONLINE_MATCH_MIN_PLAYERS: lowest,
    ONLINE_MATCH_DEFAULT_MIN_PLAYERS: usualMin,
    ONLINE_MATCH_DEFAULT_MAX_PLAYERS: usualMax,
  } = settings;
  const minPlayers =
    request.minPlayers ?? Math.max(lowest, Math.min(usualMin, request.maxPlayers ?? usualMin));
  const maxPlayers = request.maxPlayers ?? Math.max(usualMax, request.minPlayers ?? usualMax);
  const refusal = refuseCounts(['min_players', minPlayers], ['max_players', maxPlayers], settings);
  if (refusal !== null) return { refusal };
  const { clientVersion: version, dialect } = request;
  return { value: { minPlayers, maxPlayers, version, language: dialect ?? 'A', founding }, refusal: null };
}

type Count = readonly [name: string, value: number];

/** Refuses counts outside the settings; they are named as their sender knows them. */
export function refuseCounts(min: Count, max: Count, settings: Settings): Refusal | null {
  const { ONLINE_MATCH_MIN_PLAYERS: lowest, ONLINE_MATCH_MAX_PLAYERS: highest } = settings;
  const isOutside = ([, value]: Count) => value < lowest || value > highest;
  const outside = isOutside(min) ? min : isOutside(max) ? max : null;
  if (outside !== null) {
    return refuse(
      'bad-request',
      `${outside[0]} is ${outside[1]}, this server allows ${lowest} to ${highest}`,
    );
  }
  if (min[1] <= max[1]) return null;
  return refuse('bad-request', `${min[0]} (${min[1]}) is above ${max[0]} (${max[1]})`);
}

/** What `matchInit` gives Nakama. */
export interface NewMatch {
  state: State;
  tickRate: number;
  label: string;
}

export function matchFrom(terms: Terms, settings: Settings): NewMatch {
  const room = roomFrom(terms, settings);
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
  const terms = termsFor(request.value, { kind: 'elected' }, settings);
  if (terms.refusal !== null) throw new Error(refusalText(terms.refusal));
  return terms.value;
}
