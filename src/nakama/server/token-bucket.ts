/** A token bucket: full at first, and again after `size / perMinute` minutes without use. */
export interface Bucket {
  readonly size: number;
  readonly perMinute: number;
}

/** Whether a bucket of this node has tokens left; takes none. */
export function hasToken(nk: nkruntime.Nakama, key: string, bucket: Bucket, tokens = 1): boolean {
  return fullAtAfter(nk, key, bucket, tokens) !== null;
}

/** Takes tokens, or none where there are fewer. Keys are the module's own words and Nakama's ids, never a client's text. */
export function takeToken(nk: nkruntime.Nakama, key: string, bucket: Bucket, tokens = 1): boolean {
  const fullAt = fullAtAfter(nk, key, bucket, tokens);
  // Nothing comes between the look and this that takes time: of many calls at once no more than `size` pass.
  if (fullAt !== null) keep(nk, key, bucket, fullAt);
  return fullAt !== null;
}

/** As if one had not been taken; a full bucket stays as it is. */
export function putTokenBack(nk: nkruntime.Nakama, key: string, bucket: Bucket): void {
  const fullAt: number = nk.localcacheGet(key) ?? 0;
  if (fullAt > Date.now()) keep(nk, key, bucket, fullAt - msPerToken(bucket));
}

/** For no longer than it takes to fill. */
function keep(nk: nkruntime.Nakama, key: string, bucket: Bucket, fullAt: number): void {
  nk.localcachePut(key, fullAt, Math.ceil((bucket.size * msPerToken(bucket)) / 1000));
}

function fullAtAfter(nk: nkruntime.Nakama, key: string, bucket: Bucket, tokens: number): number | null {
  return afterTaking(bucket, nk.localcacheGet(key) ?? 0, Date.now(), tokens);
}

/**
 * When a bucket will be full again, in ms since 1970, which is all that is kept of one, after so many tokens were taken;
 * null where there are fewer.
 */
export function afterTaking(bucket: Bucket, fullAt: number, nowMs: number, tokens = 1): number | null {
  const after = Math.max(fullAt, nowMs) + tokens * msPerToken(bucket);
  return after - nowMs > bucket.size * msPerToken(bucket) + ROUNDING_MS ? null : after;
}

const ROUNDING_MS = 0.001;

function msPerToken({ perMinute }: Bucket): number {
  return 60_000 / perMinute;
}
