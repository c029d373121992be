import fc from 'fast-check';
import { isVersion, versionKeyOf } from '../../src/protocol/version.ts';

const version = fc.string({ unit: 'binary', maxLength: 32 });

test.each(['', 'dev', '2024-01-05', '1.0*', 'ä€😀', 'v'.repeat(64)])('%j is a version', (value) => {
  expect(isVersion(value)).toBe(true);
});

test.each([null, undefined, 1, {}, ['1.0'], 'v'.repeat(65), '\ud800', 'a\udc00b'])('%j is none', (value) => {
  expect(isVersion(value)).toBe(false);
});

test.each([
  [null, 'v'],
  ['', 'v'],
  ['1.0', 'v312e30'],
  ['dev', 'v646576'],
  ['\n', 'v0a'],
  ['~*', 'v7e2a'],
  ['%', 'v25'],
  ['€', 've282ac'],
  ['😀', 'vf09f9880'],
])('the key of %j is %s', (value, key) => {
  expect(versionKeyOf(value)).toBe(key);
});

test('a key is the hex of the version’s UTF-8: a plain word in a query, and another one for each version', () => {
  fc.assert(
    fc.property(version, (value) => {
      const key = versionKeyOf(value);
      expect(key).toMatch(/^v([0-9a-f]{2})*$/);
      expect(Buffer.from(key.slice(1), 'hex').toString('utf8')).toBe(value);
    }),
    { numRuns: 300 },
  );
});
