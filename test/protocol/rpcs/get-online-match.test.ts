import { encodeLabel } from '../../../src/protocol/label.ts';
import { refusalText } from '../../../src/protocol/refusal.ts';
import { decodeGetRequest, encodeListed } from '../../../src/protocol/rpcs/get-online-match.ts';
import type { Decoded } from '../../../src/protocol/rpcs/request.ts';

const refusalOf = ({ refusal }: Decoded<unknown>) => refusal && refusalText(refusal);

const label = encodeLabel({
  phase: 'gathering',
  players: 1,
  openSeats: 3,
  minPlayers: 2,
  maxPlayers: 4,
  clientVersion: '1.0',
  host: 'anna',
  visibility: 'public',
  listed: ['a'],
  hasPassword: false,
  name: 'duel',
  properties: [{ key: 'mode', value: 'ctf' }],
  codeKey: 'c0123456789abcdef',
  serial: 5,
});

test('takes a match', () => {
  expect(decodeGetRequest('{"match_id":"id"}')).toEqual({ value: { matchId: 'id' }, refusal: null });
});

test('refuses a missing match and an unknown field', () => {
  expect(refusalOf(decodeGetRequest('{}'))).toBe('bad-request: match_id must be the id of a match');
  expect(refusalOf(decodeGetRequest('{"match_id":"id","x":1}'))).toBe('bad-request: there is no field "x"');
});

test('the answer is the match id and the label, without what is for queries', () => {
  expect(JSON.parse(encodeListed('id.node', label) ?? '')).toEqual({
    match_id: 'id.node',
    phase: 'gathering',
    players: 1,
    open_seats: 3,
    min_players: 2,
    max_players: 4,
    client_version: '1.0',
    host: 'anna',
    name: 'duel',
    visibility: 'public',
    properties: { mode: 'ctf' },
    has_password: false,
  });
});

test.each(['', '{}', '{"kind":"other"}', '{"kind":"online_match"}', '[]', 'online_match', `x${label}`])(
  'there is no answer for the label of another match: %j',
  (foreign) => {
    expect(encodeListed('id', foreign)).toBeNull();
  },
);

test('there is none for a label that only begins like a room’s', () => {
  expect(encodeListed('id', label.slice(0, -1))).toBeNull();
});
