import { decodeIceServers, encodeIceServers } from '../../../src/protocol/rpcs/get-ice-servers.ts';

test.each([
  { iceServers: [], expiresIn: null },
  { iceServers: [{ urls: ['turn:a'], username: '1:user', credential: 'word' }], expiresIn: 60 },
])('clients read what the server writes: %j', (ice) => {
  expect(decodeIceServers(encodeIceServers(ice))).toEqual(ice);
});

test('the answer is that of addons with such a call', () => {
  expect(JSON.parse(encodeIceServers({ iceServers: [{ urls: ['stun:a'] }], expiresIn: 60 }))).toEqual({
    success: true,
    response: { ice_servers: [{ urls: ['stun:a'] }], expires_in: 60 },
  });
});

test.each(['', '[]', '{}', '{"response":{}}', '{"response":null}', '{"response":{"ice_servers":{}}}'])(
  '%j is no answer',
  (payload) => {
    expect(decodeIceServers(payload)).toBeNull();
  },
);
