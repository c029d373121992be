/** Nakama's cache that all VMs of a server share, for `nkWith`; seconds of 0 are for ever. */
export function localcache(nowMs: () => number = Date.now) {
  const entries = new Map<string, { readonly value: unknown; readonly until: number }>();
  return {
    localcacheGet: (key: string) => {
      const entry = entries.get(key);
      return entry !== undefined && nowMs() < entry.until ? entry.value : undefined;
    },
    localcachePut: (key: string, value: unknown, seconds = 0) => {
      if (!['string', 'number', 'boolean'].includes(typeof value)) {
        throw new TypeError('unsupported value type: must be string, numeric or boolean');
      }
      entries.set(key, { value, until: seconds > 0 ? nowMs() + seconds * 1000 : Number.POSITIVE_INFINITY });
    },
    localcacheDelete: (key: string) => void entries.delete(key),
  };
}
