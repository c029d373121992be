import { parseObject } from '../../src/protocol/fields.ts';
import { encodeLinkReport, LINK_STATES, linkReportIn } from '../../src/protocol/link-report.ts';

test.each(LINK_STATES)('the server reads what clients write: %s', (state) => {
  const fields = parseObject(encodeLinkReport('b', state)) ?? {};
  expect(linkReportIn(fields)).toEqual({ type: 'link-reported', peer: 'b', state, silent: false });
});

test('the server reads that a host is silent', () => {
  const fields = parseObject(encodeLinkReport('a', 'connected', true)) ?? {};
  expect(linkReportIn(fields)).toMatchObject({ state: 'connected', silent: true });
});

test.each([
  { peer: 'b' },
  { peer: 'b', state: 'lost' },
  { peer: 'b', state: ['failed'] },
  { state: 'failed' },
])('%j says nothing', (fields) => {
  expect(linkReportIn(fields)).toBeNull();
});
