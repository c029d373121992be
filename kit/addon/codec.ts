/** What a payload of the addon says, whatever its bytes; `Content` has the field names of the JSON. */
export type Payload = 'peer-method' | 'join-success' | 'join-error' | 'join-request';
export type Content = Record<string, unknown>;

export interface Codec {
  encode(payload: Payload, content: Content): string | Uint8Array;
  /** Null for what the addon ignores without a word. */
  decode(payload: Payload, bytes: Buffer): unknown;
}

function decodeJson(_payload: Payload, bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return null;
  }
}

/** Godot 3 prints keys in the order in which they were set. */
export const jsonInOrder: Codec = { encode: (_, content) => JSON.stringify(content), decode: decodeJson };

/** Godot 4 prints them sorted. */
export const jsonSorted: Codec = {
  encode: (_, content) => JSON.stringify(sorted(content)),
  decode: decodeJson,
};

/** The same value with the keys of all its objects in alphabetical order. */
export function sorted<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, entry]) => [key, sorted(entry)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))) as T;
}
