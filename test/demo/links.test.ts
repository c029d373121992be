import type { OnlineMatch } from '../../clients/web/src/index.ts';
import { type Pair, pairsOf, tripOf, wayOf } from '../../demo/src/pairs.ts';
import { labelPlace, NODE, placesOf } from '../../demo/src/ring.ts';
import { whyFailed } from '../../demo/src/why.ts';

const player = (peerId: number, status = 'connected') => ({
  peerId,
  sessionId: `s${peerId}`,
  status,
  via: 'turn',
});
const link = { state: 'connected', via: 'direct', rttMs: 30, reason: null };

function pairs(status = 'connected'): Pair[] {
  const [ada, grace, linus] = [player(1), player(2, status), player(3, status)];
  const match = {
    self: ada,
    players: [ada, grace, linus],
    room: {
      links: [
        { a: 's2', b: 's1', ...link },
        { a: 's2', b: 's3', ...link, state: 'failed', reason: 'no-relay' },
      ],
    },
    statsOf: () => ({ rttMs: 12 }),
  };
  return pairsOf(match as unknown as OnlineMatch);
}

test('of own links the page says what it knows itself, of the others what the server says', () => {
  expect(pairs()).toEqual([
    { a: 1, b: 2, state: 'connected', via: 'turn', rttMs: 12, reason: null },
    { a: 2, b: 3, state: 'failed', via: 'direct', rttMs: 30, reason: 'no-relay' },
  ]);
  expect(pairs('connecting')[0]).toMatchObject({ state: 'connecting', via: null, rttMs: null });
});

test('the way and the round trip of a link are told while it is up', () => {
  const [up, failed] = pairs() as [Pair, Pair];
  expect([wayOf(up), tripOf(up)]).toEqual(['TURN', '12 ms']);
  expect([wayOf(failed), tripOf(failed)]).toEqual(['failed', '']);
  expect(wayOf({ ...up, via: 'server' })).toBe('server');
  expect(tripOf({ ...up, rttMs: 0.4 })).toBe('< 1 ms');
  expect(tripOf({ ...up, rttMs: 1234 })).toBe('1.2 s');
});

test.each<[string, Partial<Pair>, boolean, string]>([
  ['this page forces TURN', {}, true, 'your data must go through a TURN server'],
  ['the other one does', {}, false, 'the other’s data must go through a TURN server'],
  ['it is between others', { a: 2, b: 3 }, true, 'the data of one of them'],
  ['no way was found', { reason: null }, true, 'no way through has been found'],
])('a failed pair says why: %s', (_, change, isForced, words) => {
  const pair: Pair = { a: 1, b: 2, state: 'failed', via: null, rttMs: null, reason: 'no-relay' };
  expect(whyFailed({ ...pair, ...change }, 1, isForced)).toContain(words);
});

/** Each player's page labels other links; what it covers must not be those, nor the number on a disc. */
test.each([2, 3, 4, 5, 6, 7, 8])('in a ring of %d no label covers a player or another label', (count) => {
  const places = placesOf(count);
  const [width, height] = [36, 18];
  for (let own = 0; own < count; own++) {
    const labels = places.flatMap((_, b) =>
      places.slice(0, b).flatMap((_, a) => labelPlace(a, b, own, places) ?? []),
    );
    expect(labels).toHaveLength(count <= 4 ? (count * (count - 1)) / 2 : count - 1);
    for (const [index, { x, y }] of labels.entries()) {
      const hidden = [
        ...places.filter((place) => !isApart(place.x - x, place.y - y, width / 2 + NODE / 3, NODE)),
        ...labels.slice(index + 1).filter((other) => !isApart(other.x - x, other.y - y, width, height)),
      ];
      expect(hidden).toEqual([]);
    }
  }
});

function isApart(dx: number, dy: number, width: number, height: number): boolean {
  return Math.abs(dx) >= width || Math.abs(dy) >= height;
}
