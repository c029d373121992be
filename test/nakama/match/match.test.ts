import { MatchDriver } from '../../../kit/match/match-driver.ts';
import { created, matched, person } from '../../../kit/room/foundings.ts';
import { isUserAway } from '../../../src/nakama/server/away-users.ts';
import { phaseIn } from '../../../src/protocol/label.ts';
import type { Terms } from '../../../src/room/terms.ts';

const TERMS = {
  minPlayers: 2,
  maxPlayers: 3,
  version: null,
  language: 'A',
  onHostLeft: 'migrate',
  topology: 'mesh',
} as const;
const inMatch = (founding: Terms['founding'] = created('a')) => MatchDriver.on({ ...TERMS, founding });

test('a new match ticks once a second and is listed as waiting', () => {
  const match = inMatch();
  expect([match.tickRate, phaseIn(match.label)]).toEqual([1, 'waiting']);
  expect(match.state.room.rules.maxPlayers).toBe(3);
});

test('wrong parameters make no match', () => {
  expect(() => new MatchDriver({ min_players: 99 })).toThrow('min_players is 99');
});

describe('a join attempt', () => {
  test('is accepted without metadata or session variables', () => {
    expect(inMatch().attempt('a', null)).toBeNull();
  });

  test('is refused with code and sentence', () => {
    expect(inMatch(matched('a', 'b')).attempt('x')).toBe(
      'not-invited: the matchmaker did not put you into this match',
    );
  });

  test('names its version in the metadata or in the session', () => {
    const match = inMatch();
    expect(match.attempt('a', { client_version: '1.0' })).toBeNull();
    expect(match.attempt('b', {}, { client_version: '2.0' })).toMatch(/^version-mismatch: .*"1\.0"/);
    expect(match.attempt('b', { client_version: '1.0' }, { client_version: '2.0' })).toMatch(
      /^bad-request: /,
    );
  });

  test.each([1, {}, 'v'.repeat(65)])('with %j for a version is refused', (version) => {
    const sentence = 'bad-request: client_version must be text of at most 64 characters';
    expect(inMatch().attempt('a', { client_version: version })).toBe(sentence);
    expect(inMatch().attempt('a', null, { client_version: version })).toBe(sentence);
  });
});

test('whoever joins gets their 9002 with the signal after the reply', () => {
  expect(inMatch().enter('a', 'b').sent).toEqual(['9002 to a', '9002 to b', '9002 to a']);
});

test('whoever is tracked on the second tick has their 9002 without any signal', () => {
  const match = inMatch().join('a');
  match.tracked = ['a'];
  expect(match.loop().sent).toEqual([]);
  expect(match.loop().sent).toEqual(['9002 to a']);
});

test('commands of a host who is away are heard as soon as anybody is told so', () => {
  const match = inMatch();
  match.announced.add('a').add('b');
  match.enter('a', 'b');
  const heard: boolean[] = [];
  match.whenSent = (nk) => heard.push(isUserAway(nk, 'uuid.node', person('a').userId));
  match.disconnect('a');
  expect(heard.length).toBeGreaterThan(0);
  expect(heard).not.toContain(false);
});

test('the label is updated when it changes, and not otherwise', () => {
  const match = inMatch().enter('a', 'b');
  const { length } = match.labels;
  expect(phaseIn(match.label)).toBe('ready');
  match.tracked = ['a', 'b'];
  match.loop().loop().loop();
  expect(match.labels).toHaveLength(length);
  match.leave('b');
  expect(phaseIn(match.label)).toBe('gathering');
});

test('the very state comes back while nothing happens', () => {
  const match = inMatch().enter('a', 'b');
  match.tracked = ['a', 'b'];
  expect(match.loop().changed).toBe(true);
  expect(match.loop().changed).toBe(false);
  match.signal('{"type":"answered","who":{"sessionId":"a"}}');
  expect(match.changed).toBe(false);
});

test('a signal from a session without a seat sends it away', () => {
  const match = inMatch();
  match.signal('{"type":"answered","who":{"sessionId":"x","userId":"u","username":"n","node":"node"}}');
  expect(match.sent).toEqual(['9003 to x', 'kick x']);
});

test('a command is answered with its refusal or null, and with who is host', () => {
  const match = inMatch().enter('a');
  const ask = () =>
    JSON.parse(
      match.signal(
        '{"type":"commanded","by":{"userId":"user-a","sessionId":"a"},"command":{"name":"seal","sealed":true,"term":null}}',
      ),
    );
  expect(ask()).toMatchObject({ refusal: { code: 'too-few-players' } });
  match.enter('b');
  expect(ask()).toEqual({ refusal: null, host: { peerId: 1, term: 1 }, code: match.state.room.sign.code });
  expect(match.attempt('c')).toMatch(/^match-sealed: /);
});

test.each(['', 'x', '{', '{}', 'null', '{"type":"other"}'])(
  'a foreign signal changes nothing: %j',
  (data) => {
    const match = inMatch().enter('a');
    expect(match.signal(data)).toBe('');
    expect(match.changed).toBe(false);
  },
);

test('the match ends when the room is over, and says what was relayed', () => {
  const match = inMatch().enter('a', 'b').leave('a').leave('b').loop().loop();
  expect(match.ended).toBe(false);
  expect(match.loop().ended).toBe(true);
  expect(match.lines).toEqual([expect.stringMatching(/^info: online match ended: /)]);
});

test('a match that nobody joins ends by the clock', () => {
  const match = inMatch();
  for (let tick = 0; tick < 60; tick++) expect(match.loop().ended).toBe(false);
  expect(match.loop().ended).toBe(true);
});

test('a shutdown lets nobody in and ends nothing', () => {
  const match = inMatch().enter('a', 'b').terminate();
  expect([match.ended, phaseIn(match.label)]).toEqual([false, 'sealed']);
  expect(match.attempt('c')).toBe(
    'match-sealed: this match takes no more players: the server is shutting down',
  );
});

test('a callback that fails leaves the match as it was, and is logged', () => {
  const match = inMatch().enter('a');
  expect(match.loop(null as never).changed).toBe(false);
  expect(match.signal('{"type":"answered"}')).toBe('');
  expect(match.lines).toHaveLength(2);
  expect(match.lines[0]).toMatch(/^error: a match callback failed, the match goes on as it was: /);
});
