import { OnlineMatchError } from '../../clients/web/src/index.ts';
import { fieldOf, wordsFor } from '../../demo/src/words.ts';

const here = 'game.test:7350';

test.each([
  'match-not-found',
  'match-full',
  'match-sealed',
  'host-left',
  'host-away',
  'version-mismatch',
  'star',
  'busy',
  'wrong-password',
  'too-many-requests',
  'too-many-rooms',
  'not-invited',
  'seat-gone',
  'resumed-elsewhere',
  'timed-out',
  'disconnected',
])('a refusal for %s says what is, and what to do next', (code) => {
  expect(wordsFor(new OnlineMatchError(code, 'x'), here)).toMatch(
    /[.!] .*(make|again|join|ask|wait|load|find|try)/i,
  );
});

test('a sign-in that fails names what to change', () => {
  expect(wordsFor({ status: 401 }, here)).toContain('?key=');
  expect(wordsFor({ status: 409 }, here)).toContain('Choose another one');
  expect(wordsFor(new TypeError('Failed to fetch'), here)).toMatch(/no server at game\.test:7350.*\?host=/);
});

test('the field that a failure comes from is known', () => {
  const isGone = new OnlineMatchError('match-not-found', 'x');
  expect(fieldOf(isGone, true)).toBe('link');
  // Of a room that was chosen in the list.
  expect(fieldOf(isGone, false)).toBe(null);
  expect(fieldOf(new OnlineMatchError('disconnected', 'x'), true)).toBe(null);
  expect(fieldOf({ status: 400 }, true)).toBe('name');
  expect(fieldOf({ status: 401 }, true)).toBe(null);
});
