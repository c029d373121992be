import type { Random } from '../random.ts';

const isPlain = (value: object): boolean => {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

/**
 * What is left of a JavaScript value that went into Go and comes back: plain data, undefined turned
 * null, keys in another order. A Map, Set or class instance throws here, because Nakama loses what it is.
 */
export function throughGo(value: unknown, random: Random): unknown {
  if (value === undefined || value === null) return null;
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'object':
      return Array.isArray(value)
        ? value.map((item) => throughGo(item, random))
        : objectThroughGo(value, random);
    default:
      throw new Error(`fake Nakama: a ${typeof value} is in the state`);
  }
}

function objectThroughGo(value: object, random: Random): object {
  if (!isPlain(value))
    throw new Error(`fake Nakama: a ${value.constructor.name} is in the state, which Nakama would lose`);
  const entries = Object.entries(value);
  const last = entries.length - 1 + random.below(entries.length);
  return Object.fromEntries(
    entries.map((_, place) => {
      const [key, item] = entries[(last - place) % entries.length] as [string, unknown];
      return [key, throughGo(item, random)];
    }),
  );
}

export function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const item of Object.values(value)) freezeDeep(item);
  return Object.freeze(value);
}
