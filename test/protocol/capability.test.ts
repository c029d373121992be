import { CAPABILITIES, capabilitiesIn, encodeCapabilities } from '../../src/protocol/capability.ts';
import { decodeSlowDown, encodeSlowDown } from '../../src/protocol/fallback.ts';
import { capabilitiesOf, encodeJoinMetadata } from '../../src/protocol/join-metadata.ts';

test('the server reads what a client says that it can', () => {
  expect(capabilitiesOf(encodeJoinMetadata('1', null, null, CAPABILITIES))).toEqual(CAPABILITIES);
  expect(capabilitiesIn(encodeCapabilities(['media', 'fallback']))).toEqual(['fallback', 'media']);
});

test('of a client that does not announce itself it reads nothing', () => {
  expect(capabilitiesOf({ can: 'fallback' })).toEqual([]);
});

test.each([
  ['fly fallback  fallback', ['fallback']],
  [
    ['fallback', 7, 'media'],
    ['fallback', 'media'],
  ],
  ['', []],
  [7, []],
  [null, []],
  [{ fallback: true }, []],
  [`${'x'.repeat(300)} fallback`, []],
])('%j says %j', (words, can) => {
  expect(capabilitiesIn(words)).toEqual(can);
});

test('a client reads how long to wait, and nothing where that cannot be', () => {
  expect(decodeSlowDown(encodeSlowDown(400))).toBe(400);
  expect(['', '[]', '{}', '{"slow_down":"1"}', '{"slow_down":-1}'].map(decodeSlowDown)).toEqual([
    ...[null, null, null, null, null],
  ]);
});
