import {
  addressSnapshot,
  decodeSnapshot,
  encodeSnapshot,
  type RoomView,
} from '../../src/protocol/snapshot.ts';

const view: RoomView = {
  code: 'BCDFGH',
  name: 'duel',
  visibility: 'public',
  hasPassword: false,
  properties: [{ key: 'mode', value: 'ctf' }],
  phase: 'ready',
  clientVersion: '1.0',
  minPlayers: 2,
  maxPlayers: 4,
  openSeats: 3,
  players: [{ sessionId: 'a', userId: 'u', username: 'anna', peerId: 1, spectator: false, announced: true }],
  links: [],
  connected: true,
};

test('the first 9010 of a recipient says who they are, and has their ICE servers', () => {
  const ice = { iceServers: [{ urls: ['stun:host'] }], expiresIn: null };
  expect(decodeSnapshot(addressSnapshot(encodeSnapshot(view), 'a', ice))).toEqual({ you: 'a', view, ice });
});

test('all that follow are the same for everybody', () => {
  expect(decodeSnapshot(encodeSnapshot(view))).toEqual({ you: null, view, ice: null });
});

test.each(['', '[]', '{}', '{"you":"a"}'])('%j is no room', (text) => {
  expect(decodeSnapshot(text)).toBeNull();
});
