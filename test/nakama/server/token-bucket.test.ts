import { localcache, nkWith } from '../../../kit/match/nk.ts';
import { hasToken, takeToken } from '../../../src/nakama/server/token-bucket.ts';

const BUCKET = { size: 3, perMinute: 6 };
const SEC = 1000;

beforeEach(() => jest.useFakeTimers({ now: 1_000_000 }));
afterEach(() => jest.useRealTimers());

const taken = (nk: nkruntime.Nakama, key: string, times: number) =>
  Array.from({ length: times }, () => takeToken(nk, key, BUCKET)).filter(Boolean).length;

test('has as many tokens as its size, and gets them back with time', () => {
  const nk = nkWith(localcache());
  expect(taken(nk, 'a', 5)).toBe(3);
  jest.advanceTimersByTime(10 * SEC);
  expect(taken(nk, 'a', 5)).toBe(1);
  jest.advanceTimersByTime(1000 * SEC);
  expect(taken(nk, 'a', 5)).toBe(3);
});

test('keeps the buckets of several keys apart', () => {
  const nk = nkWith(localcache());
  taken(nk, 'a', 3);
  expect(taken(nk, 'b', 5)).toBe(3);
});

test('takes nothing where it is only asked, and nothing where there is not enough', () => {
  const nk = nkWith(localcache());
  expect(hasToken(nk, 'a', BUCKET)).toBe(true);
  expect(takeToken(nk, 'a', BUCKET, 4)).toBe(false);
  expect(taken(nk, 'a', 5)).toBe(3);
  expect(hasToken(nk, 'a', BUCKET)).toBe(false);
});

test('takes several at once', () => {
  const nk = nkWith(localcache());
  expect(takeToken(nk, 'a', BUCKET, 2)).toBe(true);
  expect(taken(nk, 'a', 5)).toBe(1);
});

test('leaves nothing in the cache once it is full again', () => {
  const cache = localcache();
  takeToken(nkWith(cache), 'a', BUCKET);
  expect(cache.localcacheGet('a')).toBeDefined();
  jest.advanceTimersByTime(31 * SEC);
  expect(cache.localcacheGet('a')).toBeUndefined();
});
