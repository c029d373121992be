import type { Random } from '../random.ts';

const isPlain = (value: object): boolean => {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

/**
 * What is left of a JavaScript value that went into Go and comes back: plain data, undefined turned
 * null, keys in any order. A Map, Set or class instance throws here, because Nakama loses what it is.
 */
export function throughGo(value: unknown, random: Random, path = 'state'): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object') throw new Error(`fake Nakama: ${path} is a ${typeof value}`);
  if (Array.isArray(value)) return value.map((item, i) => throughGo(item, random, `${path}[${i}]`));
  if (!isPlain(value))
    throw new Error(`fake Nakama: ${path} is a ${value.constructor.name}, which Nakama would lose`);
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    throughGo(item, random, `${path}.${key}`),
  ]);
  return Object.fromEntries(random.shuffled(entries));
}

export function freezeDeep<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const item of Object.values(value)) freezeDeep(item);
  return Object.freeze(value);
}
