import { parseObject } from '../../src/protocol/fields.ts';
import { encodeStatus, statusIn } from '../../src/protocol/status.ts';

test.each([
  [{ background: true }, { background: true, leaving: null }],
  [{ background: false }, { background: false, leaving: null }],
  [{ leaving: true }, { background: null, leaving: true }],
  [{}, { background: null, leaving: null }],
])('the server reads what clients say of themselves: %j', (said, read) => {
  expect(statusIn(parseObject(encodeStatus(said)) ?? {})).toEqual({ type: 'status-reported', ...read });
});

test.each([{ background: 1 }, { leaving: 'yes' }, { background: true, leaving: {} }])(
  '%j says nothing',
  (fields) => {
    expect(statusIn(fields)).toBeNull();
  },
);
