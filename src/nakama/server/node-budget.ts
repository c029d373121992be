import { type Bucket, hasToken, takeToken } from './token-bucket.ts';

const KEY = 'online_match/fallback';

/** How long a frame of so many bytes has to wait for all others of this server; 0 when it passes, and is charged. */
export function msUntilNodePasses(nk: nkruntime.Nakama, bytes: number, bytesPerSec: number): number {
  const bucket: Bucket = { size: 2 * bytesPerSec, perMinute: 60 * bytesPerSec };
  if (takeToken(nk, KEY, bucket, bytes)) return 0;
  return hasToken(nk, KEY, bucket, bytes / 2) ? 500 : 1000;
}
