/** What a caller holds between acquire and release. */
export interface Permit {
  readonly key: string;
  readonly owner: number;
}

/**
 * A semaphore for all VMs of the server, in the cache that they share; null when all its permits are taken. The
 * cache cannot look and put in one go: of two VMs that look in the same microsecond each may find itself the
 * owner, and one more than allowed is in.
 */
export function acquire(nk: nkruntime.Nakama, name: string, permits: number): Permit | null {
  const owner = Math.random();
  for (let number = 0; number < permits; number++) {
    const key = `${name}_${number}`;
    if (nk.localcacheGet(key) !== undefined) continue;
    nk.localcachePut(key, owner);
    if (nk.localcacheGet(key) === owner) return { key, owner };
  }
  return null;
}

export function release(nk: nkruntime.Nakama, { key, owner }: Permit): void {
  if (nk.localcacheGet(key) === owner) nk.localcacheDelete(key);
}
