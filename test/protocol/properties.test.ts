import fc from 'fast-check';
import { bytesTooMany, decodeLabel, encodeLabel, type Label } from '../../src/protocol/label.ts';
import {
  labelledProperties,
  propertiesIn,
  propertiesInLabel,
  writeNumber,
} from '../../src/protocol/properties.ts';

const key = fc.stringMatching(/^[a-z0-9_]{1,32}$/);
const millionths = fc.integer({ min: -9_000_000_000, max: 9_000_000_000 }).map((value) => value / 1e6);
const value = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 64 }),
  fc.maxSafeInteger(),
  millionths,
  fc.boolean(),
);
const given = fc.dictionary(key, value, { maxKeys: 8 });

test.each([
  null,
  [],
  'x',
  { 'A b': 1 },
  { '': 1 },
  { a: null },
  { a: {} },
  { a: 1e16 },
  { a: 1e-7 },
  { a: 'x'.repeat(65) },
  { a: '\ud800' },
])('%j are no properties', (properties) => expect(propertiesIn(properties)).toBeNull());

test('properties come out of a label as they went in, sorted by key', () => {
  fc.assert(
    fc.property(given, (all) => {
      const properties = propertiesIn(all);
      expect(properties?.map((one) => one.key)).toEqual(Object.keys(all).sort());
      const stored = JSON.parse(JSON.stringify(labelledProperties(properties ?? [])));
      expect(propertiesInLabel(stored)).toEqual(properties);
    }),
  );
});

test('a number is written without an exponent, and means the same', () => {
  fc.assert(
    fc.property(fc.oneof(fc.maxSafeInteger(), millionths), (number) => {
      expect(writeNumber(number)).toMatch(/^-?\d+(\.\d{1,6})?$/);
      expect(Number(writeNumber(number))).toBe(number === 0 ? 0 : number);
    }),
  );
  expect([writeNumber(-0), writeNumber(100), writeNumber(1e-6)]).toEqual(['0', '100', '0.000001']);
});

test('whatever is not too long fits Nakama’s label, whoever is host and whatever they play', () => {
  fc.assert(
    fc.property(given, fc.string({ unit: 'binary', maxLength: 64 }), (all, name) => {
      const properties = propertiesIn(all) ?? [];
      const label: Label = {
        ...{ phase: 'gathering', players: 64, openSeats: 64, minPlayers: 64, maxPlayers: 64 },
        ...{
          clientVersion: '€'.repeat(64),
          host: '"'.repeat(128),
          visibility: 'private',
          listed: ['a', 'own'],
          hasPassword: false,
        },
        ...{ name, properties, codeKey: `c${'0'.repeat(16)}`, serial: 99_999_999_999_999 },
      };
      if (bytesTooMany(label) > 0) return;
      expect(Buffer.byteLength(encodeLabel(label))).toBeLessThanOrEqual(2048);
      expect(decodeLabel(encodeLabel(label))).toEqual(label);
    }),
  );
});
