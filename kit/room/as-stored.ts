import { Random } from '../random.ts';

/**
 * A match's state as Nakama hands it to the next callback: through JSON, with null for undefined, the keys of
 * every object in another order, and nothing that can be written to. The fields of the state itself are what
 * they are, but whatever lies deeper is a new object each time it is read: in goja two reads of the same
 * record are not the same, so that records can be told apart by their ids only.
 */
export function asStored<T extends object>(state: T, seed = 1): T {
  const json = JSON.stringify(state, (_key, value) => (value === undefined ? null : value));
  const random = new Random(seed);
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

function shuffled(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => shuffled(element, random));
  const entries = Object.entries(value).map(([key, field]) => [key, shuffled(field, random)]);
  return Object.fromEntries(random.shuffled(entries));
}
