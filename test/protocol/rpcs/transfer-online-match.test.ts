import { refusalText } from '../../../src/protocol/refusal.ts';
import {
  decodeTransferRequest,
  encodeTransferRequest,
  encodeTransferred,
} from '../../../src/protocol/rpcs/transfer-online-match.ts';

test('the server reads what clients write, and answers who is host now', () => {
  const request = { matchId: 'id', peerId: 2, term: 1 };
  expect(decodeTransferRequest(encodeTransferRequest(request))).toEqual({ value: request, refusal: null });
  expect(JSON.parse(encodeTransferred('id', { peerId: 2, term: 2 }))).toEqual({
    match_id: 'id',
    host: { peer_id: 2, term: 2 },
  });
});

test.each([
  ['{"peer_id":2}', 'match_id must be the id of a match'],
  ['{"match_id":"id"}', 'peer_id must be the peer id of a player'],
  ['{"match_id":"id","peer_id":"2"}', 'peer_id must be the peer id of a player'],
  ['{"match_id":"id","peer_id":0}', 'peer_id must be the peer id of a player'],
  ['{"match_id":"id","peer_id":2,"term":1.5}', 'term must be a whole number from 1'],
])('refuses %s', (payload, sentence) => {
  const { refusal } = decodeTransferRequest(payload);
  expect(refusal && refusalText(refusal)).toBe(`bad-request: ${sentence}`);
});
