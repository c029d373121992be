import { encodeJoinMetadata, isAnnouncedIn, resumptionIn } from '../../src/protocol/join-metadata.ts';

test.each([false, true])('the server reads which seat a client comes back to; fresh: %s', (fresh) => {
  const metadata = encodeJoinMetadata('1.0', { peerId: 2, fresh });
  expect(isAnnouncedIn(metadata)).toBe(true);
  expect(resumptionIn(metadata)).toEqual({ peerId: 2, fresh });
});

test('a client that asks for a new seat names none', () => {
  const metadata = encodeJoinMetadata('1.0');
  expect(metadata).toEqual({ online_match: '1', client_version: '1.0' });
  expect(resumptionIn(metadata)).toBeNull();
});

test.each([
  null,
  {},
  { resume: '2' },
  { online_match: '1', resume: '' },
  { online_match: '1', resume: '0' },
  { online_match: '1', resume: '1.5' },
  { online_match: '1', resume: 'NaN' },
  { online_match: '1', resume: '2147483648' },
])('%j names no seat', (metadata) => {
  expect(resumptionIn(metadata)).toBeNull();
});
