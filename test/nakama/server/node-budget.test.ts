import { nkWith } from '../../../kit/match/nk.ts';
import { msUntilNodePasses } from '../../../src/nakama/server/node-budget.ts';

const cache = new Map<string, unknown>();
const nk = nkWith({
  localcacheGet: (key: string) => cache.get(key),
  localcachePut: (key: string, value: unknown) => cache.set(key, value),
});

beforeEach(() => {
  cache.clear();
  jest.useFakeTimers();
});
afterEach(() => jest.useRealTimers());

test('all rooms of a server share what it passes on, two seconds’ worth at once', () => {
  expect([1200, 800].map((bytes) => msUntilNodePasses(nk, bytes, 1000))).toEqual([0, 0]);
  expect(msUntilNodePasses(nk, 100, 1000)).toBe(1000);
  jest.advanceTimersByTime(60);
  expect(msUntilNodePasses(nk, 100, 1000)).toBe(500);
  jest.advanceTimersByTime(40);
  expect(msUntilNodePasses(nk, 100, 1000)).toBe(0);
});

test('what does not pass costs nothing', () => {
  for (let tries = 0; tries < 5; tries++) expect(msUntilNodePasses(nk, 2001, 1000)).toBe(500);
  expect(msUntilNodePasses(nk, 2000, 1000)).toBe(0);
});
