import { Freshness, MAX_AGE_MS } from '../../../clients/web/src/freshness.ts';

/** A sender whose clock is far behind, and begins anew during the test. */
const SENDERS_MS = 2 ** 32 - 3_000;
const sentAt = (ms: number) => (SENDERS_MS + ms) % 2 ** 32;

test('what is on its way as long as usual is fresh, and what comes in a burst after an outage is not', () => {
  const freshness = new Freshness();
  let number = 0;
  const take = (sentMs: number, onTheWayMs: number) =>
    freshness.take(number++, sentAt(sentMs), 50_000 + sentMs + onTheWayMs);
  for (let ms = 0; ms < 2_000; ms += 50) expect(take(ms, 40 + (ms % 7))).toBe(true);
  const burst = [2_000, 3_000, 4_000, 4_900].map((ms) => take(ms, 5_000 - ms + 40));
  expect(burst).toEqual([false, false, true, true]);
  expect(take(5_050, 40)).toBe(true);
});

test('a first message that was late does not count as usual for long', () => {
  const freshness = new Freshness();
  expect(freshness.take(0, sentAt(0), 5_000)).toBe(true);
  expect(freshness.take(1, sentAt(5_000), 5_040)).toBe(true);
  expect(freshness.take(2, sentAt(5_000), 5_040 + MAX_AGE_MS + 100)).toBe(false);
});

test('clocks that drift apart do not make all old', () => {
  const freshness = new Freshness();
  for (let hour = 0, number = 0; hour < 10; hour++)
    for (let minute = 0; minute < 60; minute++, number++) {
      const ms = (hour * 60 + minute) * 60_000;
      expect(freshness.take(number, (SENDERS_MS + ms) % 2 ** 32, ms * 1.0001)).toBe(true);
    }
});

test('the share that did not come is known, of the last ones', () => {
  const freshness = new Freshness();
  expect(freshness.loss).toBeNull();
  for (let number = 0; number < 1_000; number++) freshness.take(number, number, number);
  expect(freshness.loss).toBe(0);
  for (let number = 1_000; number < 3_000; number++)
    if (number % 4 > 0) freshness.take(number, number, number);
  expect(freshness.loss).toBeCloseTo(0.25, 1);
});
