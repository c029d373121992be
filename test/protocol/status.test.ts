import fc from 'fast-check';
import { decodeJson } from '../../src/protocol/dialects/json.ts';
import { parseObject } from '../../src/protocol/fields.ts';
import { OpCode } from '../../src/protocol/opcodes.ts';
import { propertiesIn } from '../../src/protocol/properties.ts';
import { canBeSaid, encodeStatus, MAX_STATUS_BYTES, statusIn } from '../../src/protocol/status.ts';

const NOTHING = { background: null, leaving: null, ready: null, properties: null };

test.each([
  { background: true },
  { background: false },
  { leaving: true },
  { ready: true },
  { ready: false, properties: [] },
  {
    properties: [
      { key: 'level', value: 5 },
      { key: 'team', value: 'red' },
    ],
  },
  {},
])('the server reads what clients say of themselves: %j', (said) => {
  expect(statusIn(parseObject(encodeStatus(said)) ?? {})).toEqual({
    type: 'status-reported',
    ...NOTHING,
    ...said,
  });
});

test.each([
  { background: 1 },
  { leaving: 'yes' },
  { background: true, leaving: {} },
  { ready: 1 },
  { properties: [] },
  { properties: { a: null } },
  { ready: true, properties: { 'A b': 1 } },
])('%j says nothing', (fields) => {
  expect(statusIn(fields)).toBeNull();
});

test('a client knows of any properties whether the server reads them', () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 64 }),
    fc.constantFrom('\u0001', '"', ',', '[', '€').map((mark) => mark.repeat(64)),
    fc.integer(),
  );
  const some = fc.dictionary(fc.stringMatching(/^[a-z0-9_]{1,32}$/), value, { maxKeys: 8 });
  const known = new Set<boolean>();
  fc.assert(
    fc.property(some, (given) => {
      const properties = propertiesIn(given);
      fc.pre(properties !== null);
      const text = encodeStatus({ ready: false, properties });
      const isRead =
        new TextEncoder().encode(text).length <= MAX_STATUS_BYTES && decodeJson(OpCode.STATUS, text) !== null;
      expect(canBeSaid(properties)).toBe(isRead);
      known.add(isRead);
    }),
    { numRuns: 1000 },
  );
  expect(known).toEqual(new Set([true, false]));
});
