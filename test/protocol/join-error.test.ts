import { decodeJoinError, encodeJoinError } from '../../src/protocol/join-error.ts';
import { REFUSAL_CODES } from '../../src/protocol/refusal.ts';

test.each([
  ['match-full', 1],
  ['version-mismatch', 2],
  ['version-required', 2],
  ['host-left', 0],
  ['busy', 0],
] as const)('a 9003 says %s in the addon’s own code, a whole number: %d', (code, number) => {
  expect(JSON.parse(encodeJoinError('a', code, 'Why.'))).toEqual({
    target: 'a',
    code: number,
    reason: 'Why.',
    refusal: code,
  });
});

test.each(REFUSAL_CODES)('clients read what the server writes: %s', (code) => {
  expect(decodeJoinError(encodeJoinError('a', code, 'Why.'))).toEqual({ target: 'a', code, reason: 'Why.' });
});

test.each([
  [0, 'match-sealed'],
  [1, 'match-full'],
  [2, 'version-mismatch'],
  [3, null],
  [undefined, null],
])('clients take code %s of an addon’s host for %s', (number, code) => {
  const text = JSON.stringify({ target: 'a', code: number, reason: 'Why.' });
  expect(decodeJoinError(text)).toEqual({ target: 'a', code, reason: 'Why.' });
});
