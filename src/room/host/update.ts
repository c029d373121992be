import type { Visibility } from '../../protocol/label.ts';
import type { Property } from '../../protocol/properties.ts';
import { type Refusal, refuse } from '../../protocol/refusal.ts';
import { isCreatorAwaited } from '../door/creator.ts';
import { keptSeatsOf } from '../door/passes.ts';
import { type Profile, refuseLongProfile } from '../profile.ts';
import type { Room, Rules } from '../room.ts';
import type { Outcome } from '../step.ts';

/** The host has the room say something else of itself, or take more or fewer players; null leaves what is. */
export interface Update {
  readonly name: 'update';
  readonly roomName: string | null;
  readonly visibility: Visibility | null;
  readonly properties: readonly Property[] | null;
  /** Whether there is a password from now on, which is another one than before. */
  readonly hasPassword: boolean | null;
  readonly minPlayers: number | null;
  readonly maxPlayers: number | null;
}

export function update(room: Room, asked: Update, _by: unknown, tick: number): Outcome {
  const profile: Profile = {
    name: asked.roomName ?? room.profile.name,
    visibility: asked.visibility ?? room.profile.visibility,
    properties: asked.properties ?? room.profile.properties,
    hasPassword: asked.hasPassword ?? room.profile.hasPassword,
  };
  const rules: Rules = {
    ...room.rules,
    minPlayers: asked.minPlayers ?? room.rules.minPlayers,
    maxPlayers: asked.maxPlayers ?? room.rules.maxPlayers,
  };
  const refusal = refuseLongProfile(profile) ?? refuseRules(room, rules);
  if (refusal !== null) return { room: null, refusal };
  return { room: { ...room, profile, rules, door: doorAfter(room, asked, tick) }, refusal: null };
}

function refuseRules(room: Room, { minPlayers, maxPlayers }: Rules): Refusal | null {
  if (minPlayers > maxPlayers) {
    return refuse('bad-request', `min_players (${minPlayers}) is above max_players (${maxPlayers})`);
  }
  const taken = room.seats.length + keptSeatsOf(room) + (isCreatorAwaited(room) ? 1 : 0);
  if (maxPlayers >= Math.min(taken, room.rules.maxPlayers)) return null;
  return refuse('match-full', `max_players is ${maxPlayers}, and ${taken} seats are taken`);
}

/** Who knew the password before knows nothing of another. */
function doorAfter({ door }: Room, { hasPassword }: Update, tick: number): Room['door'] {
  if (hasPassword === null) return door;
  return { ...door, keptAt: tick, passes: door.passes.filter(({ kind }) => kind !== 'unlocked') };
}
