import { audienceOf } from '../../protocol/audience.ts';
import type { Label } from '../../protocol/label.ts';
import type { Property } from '../../protocol/properties.ts';
import type { Wanted, WantedProperty } from '../../protocol/rpcs/list-online-matches.ts';

type Listed = Pick<Label, 'listed' | 'openSeats' | 'clientVersion' | 'name' | 'hasPassword' | 'properties'>;

/** Whether a room is one of those that a list shows to somebody who wants this. */
export function meets(room: Listed, wanted: Wanted): boolean {
  return (
    room.listed.includes(audienceOf(wanted)) &&
    room.openSeats >= wanted.openSeats &&
    isWanted(room.clientVersion, wanted.clientVersion) &&
    isWanted(room.name, wanted.name) &&
    isWanted(room.hasPassword, wanted.hasPassword) &&
    wanted.properties.every((property) => hasProperty(room.properties, property))
  );
}

function isWanted<T>(value: T, only: T | null): boolean {
  return only === null || value === only;
}

function hasProperty(properties: readonly Property[], { key, equals, min, max }: WantedProperty): boolean {
  const value = properties.find((property) => property.key === key)?.value;
  if (equals !== null) return value === equals;
  return typeof value === 'number' && (min === null || value >= min) && (max === null || value <= max);
}

/** The properties that a room must have so that it is wanted; of bounds, the nearest to zero. */
export function propertiesToMeet({ properties }: Wanted): Property[] {
  return properties.map(({ key, equals, min, max }) => ({
    key,
    value: equals ?? Math.min(Math.max(0, min ?? Number.NEGATIVE_INFINITY), max ?? Number.POSITIVE_INFINITY),
  }));
}
