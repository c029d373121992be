/** What this node remembers of quick play for one wish: the room that it made last, and whether somebody makes another. */
export interface QuickPlay {
  newest(): string | null;
  put(matchId: string): void;
  /** Whether the caller is the one who makes a room now; then they must say when they are through. */
  begin(): boolean;
  end(): void;
}

/** A room that fills is found by Nakama's index by then. */
const REMEMBERED_SEC = 30;
/** Should whoever makes a room never say that they are through. */
const MAKING_SEC = 5;

export function quickPlayOf(nk: nkruntime.Nakama, wish: string): QuickPlay {
  const hash = nk.sha256Hash(wish);
  const [newest, making] = [`online_match/quick/${hash}`, `online_match/quick_making/${hash}`];
  const owner = Math.random();
  return {
    newest: () => nk.localcacheGet(newest) ?? null,
    put: (matchId) => nk.localcachePut(newest, matchId, REMEMBERED_SEC),
    begin: () => {
      if (nk.localcacheGet(making) !== undefined) return false;
      nk.localcachePut(making, owner, MAKING_SEC);
      return nk.localcacheGet(making) === owner;
    },
    end: () => {
      if (nk.localcacheGet(making) === owner) nk.localcacheDelete(making);
    },
  };
}
