import {
  type Decoded,
  decodeCreateRequest,
  decodeGetRequest,
  decodeSealRequest,
} from '../../src/protocol/requests.ts';

function refusalOf<T>({ refusal }: Decoded<T>): string | null {
  return refusal && `${refusal.code}: ${refusal.sentence}`;
}

const NOTHING = { minPlayers: null, maxPlayers: null, clientVersion: null, host: null, dialect: null };

describe('create_online_match', () => {
  test.each(['A', 'R', 'C'])('takes dialect %s', (dialect) => {
    expect(decodeCreateRequest(JSON.stringify({ dialect }))).toMatchObject({ value: { dialect } });
  });

  test('takes every field', () => {
    const payload = '{"min_players":1,"max_players":8,"client_version":"","host":"elect","dialect":"C"}';
    expect(decodeCreateRequest(payload)).toEqual({
      value: { minPlayers: 1, maxPlayers: 8, clientVersion: '', host: 'elect', dialect: 'C' },
      refusal: null,
    });
  });

  test.each([
    '',
    '{}',
    ' {} \n',
    '{"min_players":null,"max_players":null,"client_version":null,"host":null}',
  ])('takes %j for a room as the server likes it', (payload) => {
    expect(decodeCreateRequest(payload)).toEqual({ value: NOTHING, refusal: null });
  });

  test.each(['x', '[]', 'null', '1', '"{}"', '{', ' '])('refuses %j, which is no object', (payload) => {
    expect(refusalOf(decodeCreateRequest(payload))).toBe('bad-request: the payload must be a JSON object');
  });

  test.each([
    ['{"min_players":"2"}', 'min_players must be a whole number'],
    ['{"min_players":2.5}', 'min_players must be a whole number'],
    ['{"max_players":1e99}', 'max_players must be a whole number'],
    ['{"max_players":[4]}', 'max_players must be a whole number'],
    ['{"client_version":1}', 'client_version must be text of at most 64 characters'],
    [`{"client_version":"${'v'.repeat(65)}"}`, 'client_version must be text of at most 64 characters'],
    ['{"host":"me"}', 'host must be "creator" or "elect"'],
    ['{"dialect":"B"}', 'dialect must be "A", "R" or "C"'],
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
});

describe('seal_online_match', () => {
  test.each([true, false])('takes a match and whether it shall be sealed: %s', (sealed) => {
    expect(decodeSealRequest(JSON.stringify({ match_id: 'id', sealed }))).toEqual({
      value: { matchId: 'id', sealed, force: false },
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
    ['{"match_id":"id","sealed":null}', 'sealed must be true or false'],
    ['{"match_id":"id","sealed":1}', 'sealed must be true or false'],
    ['{"match_id":"id","sealed":true,"by":"me"}', 'there is no field "by"'],
  ])('refuses %s', (payload, sentence) => {
    expect(refusalOf(decodeSealRequest(payload))).toBe(`bad-request: ${sentence}`);
  });
});

describe('get_online_match', () => {
  test('takes a match', () => {
    expect(decodeGetRequest('{"match_id":"id"}')).toEqual({ value: { matchId: 'id' }, refusal: null });
  });

  test('refuses a missing match and an unknown field', () => {
    expect(refusalOf(decodeGetRequest('{}'))).toBe('bad-request: match_id must be the id of a match');
    expect(refusalOf(decodeGetRequest('{"match_id":"id","x":1}'))).toBe('bad-request: there is no field "x"');
  });

  test('refuses what is too long to be a request, unread', () => {
    const payload = `{"match_id":${'['.repeat(4090)}`;
    expect(refusalOf(decodeGetRequest(payload))).toBe(
      'bad-request: the payload is longer than 4096 characters',
    );
  });
});
