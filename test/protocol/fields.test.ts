import { isNonEmptyString, parseObject } from '../../src/protocol/fields.ts';

test('reads a JSON object', () => {
  expect(parseObject('{"a":[1]}')).toEqual({ a: [1] });
});

test.each(['', ' ', 'null', 'true', '1', '"a"', '[]', '[{"a":1}]', '{', '{"a":1', '{a:1}', '{"a":1}x', '\0'])(
  'gives null for what is no JSON object: %j',
  (text) => {
    expect(parseObject(text)).toBeNull();
  },
);

test('does not fail on deep nesting', () => {
  const depth = 100_000;
  const text = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  expect(() => parseObject(text)).not.toThrow();
});

test.each([
  ['a', true],
  ['', false],
  [1, false],
  [null, false],
  [['a'], false],
])('tells whether %j is text that is not empty', (value, expected) => {
  expect(isNonEmptyString(value)).toBe(expected);
});
