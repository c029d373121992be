import { refuse } from '../../protocol/refusal.ts';
import type { CreateRequest } from '../../protocol/rpcs/create-online-match.ts';
import type { Wanted } from '../../protocol/rpcs/list-online-matches.ts';
import type { Decoded } from '../../protocol/rpcs/request.ts';
import { type Bounds, type Foundation, type Terms, termsOfRequest } from '../terms.ts';
import { listedFor } from './listed-for.ts';
import { meets, propertiesToMeet } from './wanted.ts';

/** Of the room that is made where none is as wanted: whoever wants the same next must find it. */
export function termsToMeet(
  wanted: Wanted,
  create: CreateRequest,
  founding: Foundation,
  bounds: Bounds,
): Decoded<Terms> {
  const own = create.properties ?? [];
  const needed = propertiesToMeet(wanted).filter(({ key }) => !own.some((property) => property.key === key));
  const request: CreateRequest = {
    ...create,
    clientVersion: create.clientVersion ?? wanted.clientVersion,
    name: create.name ?? wanted.name,
    visibility: create.visibility ?? 'public',
    properties: [...own, ...needed].sort((a, b) => (a.key < b.key ? -1 : 1)),
  };
  const terms = termsOfRequest(request, founding, bounds);
  if (terms.refusal !== null) return terms;
  const { version: clientVersion, maxPlayers, profile, language } = terms.value;
  const listed = listedFor(profile.visibility, language);
  const isMet = meets({ ...profile, listed, clientVersion, openSeats: maxPlayers - 1 }, wanted);
  return isMet && !profile.hasPassword ? terms : { refusal: UNFIT };
}

const UNFIT = refuse(
  'bad-request',
  'create must make a public match without a password, as the one that is wanted',
);
