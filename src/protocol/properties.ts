import type { Fields } from './fields.ts';
import { isText, keyOfText, textOfKey } from './text-key.ts';

// What a room, or a player, says of itself: `{"mode": "duel", "level": 5, "ranked": true}`.

export interface Property {
  readonly key: string;
  readonly value: PropertyValue;
}

export type PropertyValue = string | number | boolean;

export const MAX_PROPERTIES = 8;
export const MAX_PROPERTY_TEXT = 64;

export const PROPERTIES_ALLOWED = `an object of at most ${MAX_PROPERTIES} keys of a-z, 0-9 and _ (at most 32 characters), with texts of at most ${MAX_PROPERTY_TEXT} characters, numbers within 2^53 with at most six decimals, true or false`;

export function isPropertyKey(key: string): boolean {
  return /^[a-z0-9_]{1,32}$/.test(key);
}

export function isPropertyValue(value: unknown): value is PropertyValue {
  return typeof value === 'boolean' || isPropertyNumber(value) || isText(value, MAX_PROPERTY_TEXT);
}

/** Exact in a label and in a query: within 2^53, and with six decimals at most. */
export function isPropertyNumber(value: unknown): value is number {
  return (
    typeof value === 'number' &&
    Math.abs(value) <= Number.MAX_SAFE_INTEGER &&
    Number(value.toFixed(DECIMALS)) === value
  );
}

const DECIMALS = 6;

/** A number as queries have it: without an exponent, which they do not read. */
export function writeNumber(value: number): string {
  return value
    .toFixed(DECIMALS)
    .replace(/\.?0+$/, '')
    .replace(/^-0$/, '0');
}

/** Sorted by key; null where they are not as they must be. */
export function propertiesIn(given: unknown): readonly Property[] | null {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return null;
  const entries = Object.entries(given as Fields);
  if (entries.length > MAX_PROPERTIES) return null;
  const properties = entries.map(([key, value]) => ({ key, value }));
  const areAllowed = (all: readonly { key: string; value: unknown }[]): all is Property[] =>
    all.every(({ key, value }) => isPropertyKey(key) && isPropertyValue(value));
  return areAllowed(properties) ? properties.map(withoutMinusZero).sort(byKey) : null;
}

function withoutMinusZero({ key, value }: Property): Property {
  return { key, value: value === 0 ? 0 : value };
}

export function isProperties(value: unknown): value is { readonly [key: string]: PropertyValue } {
  return propertiesIn(value) !== null;
}

export function propertyFields(properties: readonly Property[]): { readonly [key: string]: PropertyValue } {
  return Object.fromEntries(properties.map(({ key, value }) => [key, value]));
}

/** As labels have them: texts as words that queries find exactly. */
export function labelledProperties(properties: readonly Property[]): Fields {
  return Object.fromEntries(
    properties.map(({ key, value }) => [key, typeof value === 'string' ? keyOfText('t', value) : value]),
  );
}

export function propertiesInLabel(labelled: Fields): readonly Property[] {
  return Object.entries(labelled as { readonly [key: string]: PropertyValue })
    .map(([key, value]) => ({ key, value: typeof value === 'string' ? textOfKey(value) : value }))
    .sort(byKey);
}

function byKey(a: Property, b: Property): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}
