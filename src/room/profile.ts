import { bytesTooMany, type Visibility } from '../protocol/label.ts';
import type { Property } from '../protocol/properties.ts';
import { type Refusal, refuse } from '../protocol/refusal.ts';

/** What a room says of itself to those who look for one. */
export interface Profile {
  readonly name: string;
  readonly visibility: Visibility;
  readonly properties: readonly Property[];
  /** The password itself is nowhere in the room, which Nakama's console shows. */
  readonly hasPassword: boolean;
}

/** What the server gives a room, by which it is found. */
export interface Sign {
  readonly code: string;
  /** The code in a form that does not tell it. */
  readonly codeKey: string;
  readonly serial: number;
}

/** Of rooms of which nobody said anything: only who has the id or the code finds them. */
export const NO_PROFILE: Profile = { name: '', visibility: 'private', properties: [], hasPassword: false };

/** Nakama bounds how much a match may say of itself. */
export function refuseLongProfile(profile: Profile): Refusal | null {
  const bytes = bytesTooMany(profile);
  if (bytes === 0) return null;
  return refuse('bad-request', `name and properties are ${bytes} bytes too long together`);
}
