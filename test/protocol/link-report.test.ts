import { parseObject } from '../../src/protocol/fields.ts';
import { encodeLinkReport, LINK_STATES, linkReportIn } from '../../src/protocol/link-report.ts';

test.each(LINK_STATES)('the server reads what clients write: %s', (state) => {
  const fields = parseObject(encodeLinkReport('b', state)) ?? {};
  const nothing = { silent: false, via: null, rttMs: null, noRelay: false };
  expect(linkReportIn(fields)).toEqual({ type: 'link-reported', peer: 'b', state, ...nothing });
});

test('the server reads that a host is silent', () => {
  const fields = parseObject(encodeLinkReport('a', 'connected', { silent: true })) ?? {};
  expect(linkReportIn(fields)).toMatchObject({ state: 'connected', silent: true });
});

test('the server reads the way, its time, and that a TURN server is wanting', () => {
  const said = { via: 'server', rttMs: 31, noRelay: true } as const;
  expect(linkReportIn(parseObject(encodeLinkReport('a', 'failed', said)) ?? {})).toMatchObject(said);
});

test.each([{ via: 'pigeon' }, { rtt_ms: -1 }, { rtt_ms: 60_001 }, { rtt_ms: '31' }, { reason: 'rain' }])(
  'what cannot be is nothing: %j',
  (odd) => {
    const read = linkReportIn({ peer: 'b', state: 'connected', ...odd });
    expect(read).toMatchObject({ state: 'connected', via: null, rttMs: null, noRelay: false });
  },
);

test.each([
  { peer: 'b' },
  { peer: 'b', state: 'lost' },
  { peer: 'b', state: ['failed'] },
  { state: 'failed' },
])('%j says nothing', (fields) => {
  expect(linkReportIn(fields)).toBeNull();
});
