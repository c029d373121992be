import { encodeJoinError, encodeJoinSuccess } from '../../src/protocol/join.ts';

const player = (sessionId: string, peerId: number) => ({
  sessionId,
  userId: `user-${sessionId}`,
  username: `name-${sessionId}`,
  peerId,
  spectator: false,
});

test('a 9002 has the version, and each player with every field that a variant of the addon asks for', () => {
  const text = encodeJoinSuccess([player('b', 2), player('a', 1)], 'dev');
  expect(JSON.parse(text)).toEqual({
    client_version: 'dev',
    players: {
      b: { session_id: 'b', user_id: 'user-b', username: 'name-b', peer_id: 2, spectator: false },
      a: { session_id: 'a', user_id: 'user-a', username: 'name-a', peer_id: 1, spectator: false },
    },
  });
});

test('a 9002 lists the players in the order given', () => {
  const ids = ['0b11c9a2', 'c7', '0a', 'b2'];
  const { players } = JSON.parse(encodeJoinSuccess(ids.map(player), ''));
  expect(Object.keys(players)).toEqual(ids);
});

test('a 9002 tells nothing else of a member', () => {
  const member = { ...player('a', 1), node: 'node', version: 'secret', heard: true };
  expect(encodeJoinSuccess([member], 'dev')).not.toMatch(/secret|node|heard/);
});

test.each([
  ['match-full', 1],
  ['version-mismatch', 2],
  ['version-required', 2],
  ['host-left', 0],
  ['busy', 0],
] as const)('a 9003 says %s in the addon’s own code, a whole number: %d', (code, number) => {
  expect(JSON.parse(encodeJoinError('a', code, 'Why.'))).toEqual({
    target: 'a',
    code: number,
    reason: 'Why.',
    refusal: code,
  });
});
