import { refusalText } from '../../../src/protocol/refusal.ts';
import type { Decoded } from '../../../src/protocol/rpcs/request.ts';
import {
  decodeSealRequest,
  encodeSealed,
  encodeSealRequest,
} from '../../../src/protocol/rpcs/seal-online-match.ts';

const refusalOf = ({ refusal }: Decoded<unknown>) => refusal && refusalText(refusal);

test.each([true, false])('takes a match and whether it shall be sealed: %s', (sealed) => {
  expect(decodeSealRequest(JSON.stringify({ match_id: 'id', sealed }))).toEqual({
    value: { matchId: 'id', sealed, force: false, requireReady: false, term: null },
    refusal: null,
  });
});

test.each([
  ['', 'match_id must be the id of a match'],
  ['{"sealed":true}', 'match_id must be the id of a match'],
  ['{"match_id":"","sealed":true}', 'match_id must be the id of a match'],
  ['{"match_id":7,"sealed":true}', 'match_id must be the id of a match'],
  ['{"match_id":"id"}', 'sealed must be true or false'],
  ['{"match_id":"id","sealed":true,"force":1}', 'force must be true or false'],
  ['{"match_id":"id","sealed":true,"require_ready":1}', 'require_ready must be true or false'],
  ['{"match_id":"id","sealed":true,"term":0}', 'term must be a whole number from 1'],
  ['{"match_id":"id","sealed":null}', 'sealed must be true or false'],
  ['{"match_id":"id","sealed":1}', 'sealed must be true or false'],
  ['{"match_id":"id","sealed":true,"by":"me"}', 'there is no field "by"'],
])('refuses %s', (payload, sentence) => {
  expect(refusalOf(decodeSealRequest(payload))).toBe(`bad-request: ${sentence}`);
});

test.each([true, false])(
  'the server reads what clients write, and answers what is so now; forced: %s',
  (force) => {
    const request = { matchId: 'id', sealed: true, force, requireReady: !force, term: 3 };
    expect(decodeSealRequest(encodeSealRequest(request))).toEqual({ value: request, refusal: null });
    expect(JSON.parse(encodeSealed('id', true))).toEqual({ match_id: 'id', sealed: true });
  },
);
