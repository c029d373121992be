import { parseObject } from '../../src/protocol/fields.ts';
import { encodeStatus, statusIn } from '../../src/protocol/status.ts';

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
