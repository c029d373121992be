import { contextWith, nkWith, recordingLogger, signing } from '../../../kit/match/nk.ts';
import { created, elected } from '../../../kit/room/foundings.ts';
import { matchInit } from '../../../src/nakama/idle/match-loop.ts';
import { createMatch, matchFrom, termsOf } from '../../../src/nakama/match/make-match.ts';
import { boundsIn, parseSettings } from '../../../src/nakama/server/settings.ts';
import { decodeCreateRequest } from '../../../src/protocol/rpcs/create-online-match.ts';
import { NO_PROFILE } from '../../../src/room/profile.ts';
import { refuseCounts, termsOfRequest } from '../../../src/room/terms.ts';

const settings = parseSettings({});
const request = decodeCreateRequest('{}');
const open = request.refusal === null ? request.value : (null as never);

function countsFor(request: Partial<typeof open> | Record<string, number>, env = {}): string {
  const { refusal, ...rest } = termsOfRequest({ ...open, ...request }, elected, boundsIn(parseSettings(env)));
  if (refusal !== null) return `${refusal.code}: ${refusal.sentence}`;
  return 'value' in rest ? `${rest.value.minPlayers}-${rest.value.maxPlayers}` : '';
}

test.each([
  [{}, '2-4'],
  [{ minPlayers: 3 }, '3-4'],
  [{ minPlayers: 6 }, '6-6'],
  [{ maxPlayers: 3 }, '2-3'],
  [{ maxPlayers: 16 }, '2-16'],
  [{ minPlayers: 5, maxPlayers: 8 }, '5-8'],
])('counts that %j leaves open fit themselves to those it gives', (request, counts) => {
  expect(countsFor(request)).toBe(counts);
});

test('the usual minimum gives way to a smaller maximum', () => {
  const env = { ONLINE_MATCH_DEFAULT_MIN_PLAYERS: '4' };
  expect(countsFor({ maxPlayers: 3 }, env)).toBe('3-3');
});

test.each([
  [{ minPlayers: 1 }, 'min_players is 1, this server allows 2 to 16'],
  [{ minPlayers: 17 }, 'min_players is 17, this server allows 2 to 16'],
  [{ maxPlayers: 17 }, 'max_players is 17, this server allows 2 to 16'],
  [{ maxPlayers: 1 }, 'max_players is 1, this server allows 2 to 16'],
  [{ maxPlayers: -1 }, 'max_players is -1, this server allows 2 to 16'],
  [{ minPlayers: 4, maxPlayers: 3 }, 'min_players (4) is above max_players (3)'],
])('counts out of bounds are refused by name: %j', (request, sentence) => {
  expect(countsFor(request)).toBe(`bad-request: ${sentence}`);
});

test('counts on the bounds are allowed, and are named as their sender knows them', () => {
  expect(refuseCounts(['min_count', 2], ['max_count', 16], boundsIn(settings))).toBeNull();
  expect(refuseCounts(['min_count', 2], ['max_count', 17], boundsIn(settings))?.sentence).toMatch(
    /^max_count is 17/,
  );
});

test('what a match is created with comes out as it went in', () => {
  let params: Record<string, unknown> = {};
  const matchCreate = (handler: string, given: Record<string, unknown>) => {
    expect(handler).toBe('online_match');
    params = given;
    return 'id.node';
  };
  const terms = {
    minPlayers: 2,
    maxPlayers: 4,
    version: null,
    language: 'A' as const,
    onHostLeft: 'migrate' as const,
    topology: 'mesh' as const,
    founding: created('a'),
    profile: { ...NO_PROFILE, name: 'mine' },
  };
  const { matchId, code } = createMatch(nkWith({ ...signing(), matchCreate }), terms, settings);
  expect(matchId).toBe('id.node');
  const made = matchInit(contextWith(), recordingLogger().logger, nkWith(), params);
  const { sign } = made.state.room;
  expect(sign.code).toBe(code);
  const other = matchFrom(nkWith(signing()), terms, settings).state;
  expect(made.state).toEqual({ ...other, room: { ...other.room, sign } });
});

test('a game’s own server code creates with the fields of create_online_match, and the room elects', () => {
  expect(termsOf({ min_players: 3, client_version: '1.0' }, settings)).toEqual({
    minPlayers: 3,
    maxPlayers: 4,
    onHostLeft: 'migrate',
    topology: 'mesh',
    version: '1.0',
    language: null,
    founding: { kind: 'elected' },
    profile: NO_PROFILE,
  });
});

test.each([
  [{ min_players: 99 }, 'bad-request: min_players is 99, this server allows 2 to 16'],
  [{ players: 3 }, 'bad-request: there is no field "players"'],
])('wrong parameters are an error that says what is wrong: %j', (params, sentence) => {
  expect(() => termsOf(params, settings)).toThrow(sentence);
});
