import { Random } from '../random.ts';

/**
 * A match's state as Nakama hands it to the next callback: as through JSON, with null for undefined, the keys of
 * every object in another order, and nothing that can be written to. The fields of the state itself are what
 * they are, but whatever lies deeper is a new object each time it is read: in goja two reads of the same
 * record are not the same, so that records can be told apart by their ids only.
 */
export function asStored<T extends object>(state: T, seed = 1): T {
  const fields = Object.entries(copied(state, new Random(seed)) as object);
  return Object.freeze(Object.fromEntries(fields.map(([key, value]) => [key, withoutIdentity(value)]))) as T;
}

/** What a record of a stored state is read from: copied without asking the record, which would take most of all tests' time. */
const SOURCE = Symbol('source');

function withoutIdentity(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? new Proxy(value, handler) : value;
}

function refuseWrite(_target: object, key: string | symbol): never {
  throw new Error(`the state is written to: ${String(key)}`);
}

const handler: ProxyHandler<object> = {
  get: (target, key) => {
    if (key === SOURCE) return target;
    const read: unknown = Reflect.get(target, key);
    if (typeof read !== 'object' || read === null) return read;
    return Object.hasOwn(target, key) ? withoutIdentity(read) : read;
  },
  set: refuseWrite,
  defineProperty: refuseWrite,
  deleteProperty: refuseWrite,
};

/** As it is after JSON, the keys of every object in another order. */
function copied(value: unknown, random: Random): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object')
    return typeof value === 'string' || typeof value === 'boolean' ? value : null;
  if (value === null) return null;
  const source = (value as { readonly [SOURCE]?: object })[SOURCE] ?? value;
  if (Array.isArray(source)) return source.map((element) => copied(element, random));
  const entries = Object.entries(source).map(([key, field]) => [key, copied(field, random)]);
  return Object.fromEntries(random.shuffled(entries));
}
