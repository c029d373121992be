import { decodeJoinSuccess, encodeJoinSuccess } from '../../src/protocol/join-success.ts';

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

test('clients read what the server writes, but for players who cannot be told', () => {
  const players = [player('b', 2), player('a', 1)];
  expect(decodeJoinSuccess(encodeJoinSuccess(players, 'dev'))).toEqual(players);
  const text = JSON.stringify({
    players: { a: { session_id: 'a', peer_id: 1 }, b: null, c: { peer_id: 2 } },
  });
  expect(decodeJoinSuccess(text)).toEqual([{ ...player('a', 1), userId: '', username: '' }]);
});
