import { createHmac } from 'node:crypto';
import { contextWith, nkWith, recordingLogger } from '../../../kit/match/nk.ts';
import { getIceServers } from '../../../src/nakama/rpcs/get-ice-servers.ts';
import { iceServersFor } from '../../../src/nakama/server/ice-servers.ts';
import { parseSettings } from '../../../src/nakama/server/settings.ts';

const env = {
  ONLINE_MATCH_STUN_URLS: 'stun:a:3478',
  ONLINE_MATCH_TURN_URLS: 'turn:a:3478,turns:a:443',
  ONLINE_MATCH_TURN_SECRET: 'schlüssel',
  ONLINE_MATCH_TURN_TTL_SEC: '600',
};

const nk = nkWith({
  stringToBinary: (text: string) => new TextEncoder().encode(text).buffer,
  base64Encode: (data: ArrayBuffer) => Buffer.from(data).toString('base64'),
});

beforeEach(() => jest.useFakeTimers({ now: 1_700_000_000_500 }));
afterEach(() => jest.useRealTimers());

test('a user gets TURN credentials of their own, as coturn checks them, for as long as the settings say', () => {
  const username = '1700000600:user-a';
  const credential = createHmac('sha1', 'schlüssel').update(username).digest('base64');
  expect(iceServersFor(nk, parseSettings(env), 'user-a')).toEqual({
    iceServers: [{ urls: ['stun:a:3478'] }, { urls: ['turn:a:3478', 'turns:a:443'], username, credential }],
    expiresIn: 600,
  });
});

test('the one login of a hosted service goes to everybody as it is, and does not expire', () => {
  const { ONLINE_MATCH_TURN_SECRET, ...rest } = env;
  const login = { ONLINE_MATCH_TURN_USERNAME: 'user', ONLINE_MATCH_TURN_CREDENTIAL: 'key' };
  const settings = parseSettings({ ...rest, ...login, ONLINE_MATCH_STUN_URLS: '' });
  expect(iceServersFor(nk, settings, 'user-a')).toEqual({
    iceServers: [{ urls: ['turn:a:3478', 'turns:a:443'], username: 'user', credential: 'key' }],
    expiresIn: null,
  });
});

test('without TURN nothing expires, and without any server there is none', () => {
  const { ONLINE_MATCH_STUN_URLS } = env;
  expect(iceServersFor(nk, parseSettings({ ONLINE_MATCH_STUN_URLS }), 'a')).toEqual({
    iceServers: [{ urls: ['stun:a:3478'] }],
    expiresIn: null,
  });
  expect(iceServersFor(nk, parseSettings({}), 'a')).toEqual({ iceServers: [], expiresIn: null });
});

test('get_ice_servers answers them in the shape that addons know, and never the secret', () => {
  const answer = getIceServers(contextWith({ env, userId: 'user-a' }), recordingLogger().logger, nk);
  expect(JSON.parse(answer)).toMatchObject({
    success: true,
    response: {
      ice_servers: [{ urls: ['stun:a:3478'] }, { username: '1700000600:user-a' }],
      expires_in: 600,
    },
  });
  expect(answer).not.toContain('schl');
});
