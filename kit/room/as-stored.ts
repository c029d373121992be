/**
 * A match's state as Nakama hands it to the next callback: through JSON, with null for undefined, the keys of
 * every object in another order, and nothing that can be written to. The fields of the state itself are what
 * they are, but whatever lies deeper is a new object each time it is read: in goja two reads of the same
 * record are not the same, so that records can be told apart by their ids only.
 */
export function asStored<T extends object>(state: T, seed = 1): T {
  const json = JSON.stringify(state, (_key, value) => (value === undefined ? null : value));
  const random = numbersFrom(seed);
  const fields = Object.entries(shuffled(JSON.parse(json), random) as object);
  return Object.freeze(Object.fromEntries(fields.map(([key, value]) => [key, withoutIdentity(value)]))) as T;
}

function withoutIdentity(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? new Proxy(value, handler) : value;
}

function refuseWrite(_target: object, key: string | symbol): never {
  throw new Error(`the state is written to: ${String(key)}`);
}

const handler: ProxyHandler<object> = {
  get: (target, key) => {
    const read = Reflect.get(target, key);
    return Object.hasOwn(target, key) ? withoutIdentity(read) : read;
  },
  set: refuseWrite,
  defineProperty: refuseWrite,
  deleteProperty: refuseWrite,
};

function shuffled(value: unknown, random: () => number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => shuffled(element, random));
  const entries = Object.entries(value).map(
    ([key, field]) => [random(), [key, shuffled(field, random)]] as const,
  );
  return Object.fromEntries(entries.sort(([a], [b]) => a - b).map(([, entry]) => entry));
}

/** The same numbers for the same seed (mulberry32), so that a failure can be repeated. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
