import fc from 'fast-check';
import { CODE_LENGTH, CODE_LETTERS, codeFrom, codeIn } from '../../src/protocol/code.ts';

/** What people take for each other when they read a code, type it from a screen or write it down. */
const LOOK_ALIKES = [
  '0O',
  '0D',
  '0Q',
  'OQ',
  'OD',
  '1I',
  '1L',
  'IL',
  'IJ',
  '2Z',
  '5S',
  '6G',
  '8B',
  'UV',
  'UY',
  'VY',
  'EF',
  'AR',
  '9G',
  '9P',
  '4A',
  '7T',
  '3E',
];

test.each(LOOK_ALIKES)('no code has both of %s', (pair) => {
  expect([...pair].every((letter) => CODE_LETTERS.includes(letter))).toBe(false);
});

test('there are 64 million codes, none of which can be a word', () => {
  expect(new Set(CODE_LETTERS).size ** CODE_LENGTH).toBe(64_000_000);
  expect(CODE_LETTERS).not.toMatch(/[AEIOUY0-9]/);
});

test.each(['BCDFGH', 'bcdfgh', ' bCd-FgH ', 'B C D F G H', 'bcd – fgh', 'bcd\u00a0fgh'])(
  'a code is read as people write it: %j',
  (written) => {
    expect(codeIn(written)).toBe('BCDFGH');
  },
);

test.each(['', 'BCDFG', 'BCDFGHJ', 'BCDFGA', 'BCDFG0', 'BCD.FGH', 'ßCDFGH', `BCDFGH${' '.repeat(40)}`])(
  '%j is no code',
  (written) => {
    expect(codeIn(written)).toBeNull();
  },
);

test('no match id is taken for a code', () => {
  fc.assert(fc.property(fc.uuid(), (id) => codeIn(`${id}.node`) === null && codeIn(`${id}.`) === null));
});

test('random bytes give codes, all letters as likely, or none', () => {
  expect(codeFrom([0, 1, 2, 3, 4, 5])).toBe('BCDFGH');
  expect(codeFrom([240, 255, 19, 20, 39, 0, 0, 0])).toBe('ZBZBBB');
  expect(codeFrom([0, 1, 2, 3, 4])).toBeNull();
});
