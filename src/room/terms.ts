import { type Refusal, refuse } from '../protocol/refusal.ts';
import type { CreateRequest, OnHostLeft, Topology } from '../protocol/rpcs/create-online-match.ts';
import type { Decoded } from '../protocol/rpcs/request.ts';
import { type Founding, type Identity, invitationsFor } from './founding.ts';
import { NO_PROFILE, type Profile, refuseLongProfile, type Sign } from './profile.ts';
import { createAdoptedRoom, createRoom, type Language, type Room, type Rules } from './room.ts';
import type { Session } from './seats/seat.ts';

/** What a room is made from, whoever makes it. */
export interface Terms {
  readonly minPlayers: number;
  readonly maxPlayers: number;
  readonly version: string | null;
  readonly language: Language | null;
  readonly founding: Foundation;
  readonly profile: Profile;
  readonly onHostLeft: OnHostLeft;
  readonly topology: Topology;
}

/** An adopted room has its host from the start. */
export type Foundation =
  | Exclude<Founding, { kind: 'adopted' }>
  | { readonly kind: 'adopted'; readonly host: Session };

/** What this server allows, and what it takes where nobody says. */
export interface Bounds {
  readonly lowest: number;
  readonly highest: number;
  readonly usualMin: number;
  readonly usualMax: number;
}

export function roomOn({ version, language, founding, profile }: Terms, rules: Rules, sign: Sign): Room {
  const beginning = { rules, profile, sign, version, language };
  return founding.kind === 'adopted'
    ? createAdoptedRoom(beginning, founding.host)
    : createRoom({ ...beginning, founding });
}

/** Of a requested room; counts that the request leaves open fit themselves to those it gives. */
export function termsOfRequest(request: CreateRequest, founding: Foundation, bounds: Bounds): Decoded<Terms> {
  const { lowest, usualMin, usualMax } = bounds;
  const minPlayers =
    request.minPlayers ?? Math.max(lowest, Math.min(usualMin, request.maxPlayers ?? usualMin));
  const maxPlayers = request.maxPlayers ?? Math.max(usualMax, request.minPlayers ?? usualMax);
  const refusal = refuseCounts(['min_players', minPlayers], ['max_players', maxPlayers], bounds);
  if (refusal !== null) return { refusal };
  const { clientVersion: version, dialect: language, name, visibility, properties, password } = request;
  const profile: Profile = {
    name: name ?? NO_PROFILE.name,
    visibility: visibility ?? NO_PROFILE.visibility,
    properties: properties ?? NO_PROFILE.properties,
    hasPassword: password !== null,
  };
  const tooLong = refuseLongProfile(profile);
  if (tooLong !== null) return { refusal: tooLong };
  const onHostLeft = request.onHostLeft ?? 'migrate';
  const topology = request.topology ?? 'mesh';
  const value = { minPlayers, maxPlayers, version, language, founding, profile, onHostLeft, topology };
  return { value, refusal: null };
}

/** Of an addon's `create_match`, which names nothing: the host counts for themselves. */
export function termsOfAddon(host: Session, { usualMin, highest }: Bounds): Terms {
  return {
    minPlayers: usualMin,
    maxPlayers: highest,
    version: null,
    language: null,
    founding: { kind: 'adopted', host },
    profile: NO_PROFILE,
    onHostLeft: 'close',
    topology: 'mesh',
  };
}

/** One whom the matchmaker put into a group, with the counts that their ticket named. */
export interface Matched extends Identity {
  readonly version: string | null;
  readonly minCount: number | null;
  readonly maxCount: number | null;
}

/** Of a group of the matchmaker: as many as the most demanding of them asked for, and it fits all who came. */
export function termsOfGroup(group: readonly Matched[], { lowest, highest }: Bounds): Terms {
  const counts = (name: 'minCount' | 'maxCount') =>
    group.map(({ [name]: count }) => count).filter((count) => count !== null);
  const players = group.map(({ sessionId, userId, username, version }) => ({
    ...{ sessionId, userId, username, version },
  }));
  return {
    minPlayers: Math.min(group.length, Math.max(lowest, ...counts('minCount'))),
    maxPlayers: Math.max(group.length, Math.min(highest, ...counts('maxCount'))),
    version: group[0]?.version ?? null,
    language: null,
    founding: { kind: 'matched', invitations: invitationsFor(players), absent: [] },
    profile: NO_PROFILE,
    onHostLeft: 'migrate',
    topology: 'mesh',
  };
}

type Count = readonly [name: string, value: number];

/** Refuses counts outside the bounds; they are named as their sender knows them. */
export function refuseCounts(min: Count, max: Count, { lowest, highest }: Bounds): Refusal | null {
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
