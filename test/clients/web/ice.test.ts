import {
  allowedIceServers,
  IceSource,
  isCandidateAllowed,
  type NetworkRelay,
} from '../../../clients/web/src/ice.ts';
import { ScriptedSocket } from './scripted-socket.ts';

const HOST = 'candidate:1 1 udp 2122260223 10.0.0.1 40000 typ host';
const RELAYED = 'candidate:2 1 udp 41885439 10.0.0.9 50000 typ relay raddr 10.0.0.1 rport 40000';
const TCP = 'candidate:3 1 tcp 1518280447 10.0.0.1 9 typ host tcptype active';
const SERVERS = [{ urls: 'stun:a' }, { urls: ['turn:a', 'turns:a', 'stun:b'] }, { urls: 'turn:b' }];

const relays: [NetworkRelay, boolean, boolean, string[]][] = [
  ['auto', true, true, ['stun:a', 'turn:a', 'turns:a', 'stun:b', 'turn:b']],
  ['forced', false, true, ['stun:a', 'turn:a', 'turns:a', 'stun:b', 'turn:b']],
  ['disabled', true, false, ['stun:a', 'stun:b']],
];

test.each(relays)(
  'with the relay %s, direct candidates: %s, relayed ones: %s',
  (relay, direct, relayed, urls) => {
    expect(isCandidateAllowed(relay, HOST)).toBe(direct);
    expect(isCandidateAllowed(relay, RELAYED)).toBe(relayed);
    expect(isCandidateAllowed(relay, TCP)).toBe(false);
    expect(allowedIceServers(relay, SERVERS).flatMap((server) => server.urls)).toEqual(urls);
  },
);

describe('the server’s ICE servers', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const answerOf = (user: string, expires_in: number | null) => ({
    payload: JSON.stringify({
      response: { ice_servers: [{ urls: ['turn:a'], username: user }], expires_in },
    }),
  });

  async function loaded(expiresIn: number | null) {
    const script = new ScriptedSocket();
    const refreshed = jest.fn();
    const source = new IceSource(script.socket, undefined, refreshed);
    const loading = source.load();
    (await script.next('rpc get_ice_servers')).answer(answerOf('first', expiresIn));
    await loading;
    return { script, source, refreshed };
  }

  test('are asked for again before their logins expire, and told to the links', async () => {
    const { script, source, refreshed } = await loaded(100);
    expect(source.servers).toEqual([{ urls: ['turn:a'], username: 'first' }]);
    await jest.advanceTimersByTimeAsync(79_999);
    expect(script.requests).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1);
    (await script.next('rpc get_ice_servers')).answer(answerOf('second', 100));
    await jest.advanceTimersByTimeAsync(0);
    expect(source.servers).toEqual([{ urls: ['turn:a'], username: 'second' }]);
    expect(refreshed).toHaveBeenCalledTimes(2);
    source.stop();
    expect(jest.getTimerCount()).toBe(0);
  });

  test('are asked for again when the server does not answer', async () => {
    const { script } = await loaded(100);
    await jest.advanceTimersByTimeAsync(80_000);
    (await script.next('rpc get_ice_servers')).refuse('The socket timed out while waiting for a response.');
    await jest.advanceTimersByTimeAsync(10_000);
    expect(script.requests).toHaveLength(3);
  });

  test.each([0, -5, 1e9])('are not asked for without end when they expire in %p s', async (expiresIn) => {
    const { script } = await loaded(expiresIn);
    await jest.advanceTimersByTimeAsync(9_999);
    expect(script.requests).toHaveLength(1);
  });

  test('that do not expire are asked for once', async () => {
    await loaded(null);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('are not asked for where the game has its own', async () => {
    const script = new ScriptedSocket();
    const own = [{ urls: 'stun:own' }];
    const source = new IceSource(script.socket, own, () => {});
    await source.load();
    source.replace({ iceServers: [{ urls: ['turn:a'] }], expiresIn: 100 });
    expect(source.servers).toBe(own);
    expect(script.requests).toEqual([]);
    expect(jest.getTimerCount()).toBe(0);
  });
});
