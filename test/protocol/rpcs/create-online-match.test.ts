import { PROPERTIES_ALLOWED } from '../../../src/protocol/properties.ts';
import { refusalText } from '../../../src/protocol/refusal.ts';
import {
  decodeCreated,
  decodeCreateRequest,
  encodeCreated,
  encodeCreateRequest,
} from '../../../src/protocol/rpcs/create-online-match.ts';
import type { Decoded } from '../../../src/protocol/rpcs/request.ts';

const refusalOf = ({ refusal }: Decoded<unknown>) => refusal && refusalText(refusal);

const NOTHING = {
  minPlayers: null,
  maxPlayers: null,
  clientVersion: null,
  host: null,
  dialect: null,
  name: null,
  visibility: null,
  properties: null,
  password: null,
  onHostLeft: null,
  topology: null,
};

test.each(['A', 'R', 'C'])('takes dialect %s', (dialect) => {
  expect(decodeCreateRequest(JSON.stringify({ dialect }))).toMatchObject({ value: { dialect } });
});

test('takes every field', () => {
  const payload = JSON.stringify({
    ...{ min_players: 1, max_players: 8, client_version: '', host: 'elect', dialect: 'C' },
    ...{
      name: 'Ours',
      visibility: 'public',
      properties: { mode: 'ctf', level: 5 },
      password: 'pw',
      on_host_left: 'close',
      topology: 'star',
    },
  });
  expect(decodeCreateRequest(payload)).toEqual({
    value: {
      minPlayers: 1,
      maxPlayers: 8,
      clientVersion: '',
      host: 'elect',
      dialect: 'C',
      name: 'Ours',
      visibility: 'public',
      properties: [
        { key: 'level', value: 5 },
        { key: 'mode', value: 'ctf' },
      ],
      password: 'pw',
      onHostLeft: 'close',
      topology: 'star',
    },
    refusal: null,
  });
});

test.each(['', '{}', ' {} \n', '{"min_players":null,"max_players":null,"client_version":null,"host":null}'])(
  'takes %j for a room as the server likes it',
  (payload) => {
    expect(decodeCreateRequest(payload)).toEqual({ value: NOTHING, refusal: null });
  },
);

test.each(['x', '[]', 'null', '1', '"{}"', '{', ' '])('refuses %j, which is no object', (payload) => {
  expect(refusalOf(decodeCreateRequest(payload))).toBe('bad-request: the payload must be a JSON object');
});

test.each([
  ['{"min_players":"2"}', 'min_players must be a whole number'],
  ['{"min_players":2.5}', 'min_players must be a whole number'],
  ['{"name":"\\ud800"}', 'name must be text of at most 64 characters'],
  ['{"visibility":""}', 'visibility must be "private" or "public"'],
  ['{"properties":[]}', `properties must be ${PROPERTIES_ALLOWED}`],
  ['{"password":""}', 'password must be text of 1 to 64 characters'],
  ['{"max_players":1e99}', 'max_players must be a whole number'],
  ['{"max_players":[4]}', 'max_players must be a whole number'],
  ['{"client_version":1}', 'client_version must be text of at most 64 characters'],
  [`{"client_version":"${'v'.repeat(65)}"}`, 'client_version must be text of at most 64 characters'],
  ['{"host":"me"}', 'host must be "creator" or "elect"'],
  ['{"dialect":"B"}', 'dialect must be "A", "R" or "C"'],
  ['{"topology":"ring"}', 'topology must be "mesh" or "star"'],
  ['{"on_host_left":"stay"}', 'on_host_left must be "migrate" or "close"'],
  ['{"host":true}', 'host must be "creator" or "elect"'],
])('names the field of a wrong type or value in %s', (payload, sentence) => {
  expect(refusalOf(decodeCreateRequest(payload))).toBe(`bad-request: ${sentence}`);
});

test.each([
  ['{"max_player":4}', 'there is no field "max_player"'],
  ['{"__proto__":1}', 'there is no field "__proto__"'],
  ['{"a\\"b":1}', 'there is no field "a\\"b"'],
])('names the field that it does not know in %s', (payload, sentence) => {
  expect(refusalOf(decodeCreateRequest(payload))).toBe(`bad-request: ${sentence}`);
});

test('names the unknown field before a wrong one, and of several wrong ones the first', () => {
  expect(refusalOf(decodeCreateRequest('{"min_players":"2","x":1}'))).toContain('"x"');
  expect(refusalOf(decodeCreateRequest('{"max_players":"2","min_players":"2"}'))).toContain('min_players');
});

test('the server reads what clients write, who say of the room what they care for', () => {
  const request = { ...NOTHING, minPlayers: 3, clientVersion: 'dev', host: 'elect' } as const;
  expect(decodeCreateRequest(encodeCreateRequest(request))).toEqual({ value: request, refusal: null });
  expect(decodeCreateRequest(encodeCreateRequest({}))).toEqual({ value: NOTHING, refusal: null });
});

test('the answer has the room as it was made; clients read its id', () => {
  const answer = encodeCreated({
    matchId: 'id',
    code: 'BCDFGH',
    minPlayers: 2,
    maxPlayers: 4,
    clientVersion: null,
    host: 'creator',
    onHostLeft: 'migrate',
    topology: 'mesh',
  });
  expect(JSON.parse(answer)).toEqual({
    match_id: 'id',
    code: 'BCDFGH',
    min_players: 2,
    max_players: 4,
    client_version: null,
    host: 'creator',
    on_host_left: 'migrate',
    topology: 'mesh',
  });
  expect(decodeCreated(answer)).toEqual({ matchId: 'id', code: 'BCDFGH' });
});

test.each(['', '[]', '{}', '{"match_id":""}', '{"match_id":1}', '{"match_id":"id"}'])(
  '%j is no answer',
  (payload) => {
    expect(decodeCreated(payload)).toBeNull();
  },
);
