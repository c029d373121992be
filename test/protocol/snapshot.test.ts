import {
  addressSnapshot,
  decodeSnapshot,
  encodeSnapshot,
  type PlayerView,
  type RoomView,
} from '../../src/protocol/snapshot.ts';

const view: RoomView = {
  code: 'BCDFGH',
  name: 'duel',
  visibility: 'public',
  hasPassword: false,
  properties: [{ key: 'mode', value: 'ctf' }],
  phase: 'ready',
  topology: 'star',
  clientVersion: '1.0',
  minPlayers: 2,
  maxPlayers: 4,
  openSeats: 3,
  host: { peerId: 1, term: 3 },
  players: [player('a', 1, null), player('b', 2, 30)],
  links: [],
  connected: true,
  allReady: true,
};

test('the first 9010 of a recipient says who they are, and has their ICE servers', () => {
  const ice = { iceServers: [{ urls: ['stun:host'] }], expiresIn: null };
  expect(decodeSnapshot(addressSnapshot(encodeSnapshot(view), 'a', ice))).toEqual({ you: 'a', view, ice });
});

test('all that follow are the same for everybody', () => {
  expect(decodeSnapshot(encodeSnapshot(view))).toEqual({ you: null, view, ice: null });
});

test('a player who is here has no word of being away, and a room may have no host yet', () => {
  const snapshot = JSON.parse(encodeSnapshot({ ...view, host: null, players: [player('a', 1, null)] }));
  expect(snapshot.host).toBeNull();
  expect(snapshot.players[0]).not.toHaveProperty('away');
  expect(snapshot.players[0]).not.toHaveProperty('away_sec');
});

test.each(['', '[]', '{}', '{"you":"a"}'])('%j is no room', (text) => {
  expect(decodeSnapshot(text)).toBeNull();
});

function player(sessionId: string, peerId: number, awaySec: number | null): PlayerView {
  const who = { sessionId, userId: `user-${sessionId}`, username: `name-${sessionId}`, peerId };
  return {
    ...who,
    spectator: false,
    announced: true,
    can: ['fallback'],
    generation: 2,
    awaySec,
    ready: true,
    properties: [{ key: 'team', value: 1 }],
  };
}
