import { localcache, nkWith, signing } from '../../../kit/match/nk.ts';
import { recordingMetrics } from '../../../kit/metrics/recording.ts';
import { countWrongGuess, networkOf, refuseGuess } from '../../../src/nakama/server/guesses.ts';
import { resolveCode } from '../../../src/nakama/server/resolve-code.ts';
import { parseSettings } from '../../../src/nakama/server/settings.ts';

const settings = parseSettings({ ONLINE_MATCH_WRONG_CODES_PER_MINUTE: '2' });

test('one user’s wrong guesses stop them, and several users’ their address', () => {
  const nk = nkWith(localcache());
  const mayGuess = (userId: string, clientIp = '1.2.3.4') =>
    refuseGuess(nk, settings, 'code', { userId, clientIp }) === null;
  const guess = (userId: string, clientIp = '1.2.3.4') =>
    countWrongGuess(nk, settings, 'code', { userId, clientIp });

  guess('a');
  guess('a');
  expect([mayGuess('a'), mayGuess('b')]).toEqual([false, true]);
  for (const user of ['b', 'b', 'c', 'c', 'd', 'd']) guess(user);
  expect([mayGuess('fresh'), mayGuess('fresh', '1.2.3.5')]).toEqual([false, true]);
  expect(refuseGuess(nk, settings, 'password', { userId: 'a', clientIp: '1.2.3.4' })).toBeNull();
});

describe('a thousand fresh accounts', () => {
  beforeEach(() => jest.useFakeTimers({ now: 1_000_000 }));
  afterEach(() => jest.useRealTimers());

  /** How many of them learn whether a code leads to a room, each naming one. */
  function learn(nk: nkruntime.Nakama, addressOf: (index: number) => string): number {
    const learns = (index: number) => {
      const who = { userId: `user-${index}-at-${Date.now()}`, clientIp: addressOf(index) };
      try {
        return resolveCode(nk, settings, who, 'ZZZZZZ') === null;
      } catch {
        return false;
      }
    };
    return Array.from({ length: 1000 }, (_, index) => index).filter(learns).length;
  }

  test.each([
    ['one address', () => '1.2.3.4'],
    ['one IPv6 network', (index: number) => `2001:db8:1:2::${index.toString(16)}`],
    ['nowhere that can be read', () => ''],
  ])('from %s guess as often as four users may, and as often in each minute', (_, addressOf) => {
    const { parts, counts } = recordingMetrics();
    const nk = nkWith({ ...signing(), ...parts });
    const atOnce = 4 * settings.ONLINE_MATCH_WRONG_CODES_PER_MINUTE;
    expect(learn(nk, addressOf)).toBe(atOnce);
    expect(counts['online_match_codes_total{outcome=unknown}']).toBe(atOnce);
    expect(counts['online_match_codes_total{outcome=refused}']).toBe(1000 - atOnce);
    for (let minute = 0; minute < 3; minute++) {
      jest.advanceTimersByTime(60_000);
      expect(learn(nk, addressOf)).toBe(atOnce);
    }
    const elsewhere = { userId: 'elsewhere', clientIp: '5.6.7.8' };
    expect(resolveCode(nk, settings, elsewhere, 'ZZZZZZ')).toBeNull();
  });
});

test('the game’s own backend is nobody who guesses', () => {
  const nk = nkWith();
  countWrongGuess(nk, settings, 'code', { clientIp: '1.2.3.4' });
  expect(refuseGuess(nk, settings, 'code', { clientIp: '1.2.3.4' })).toBeNull();
});

test.each([
  ['1.2.3.4', '1.2.3.4'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0DB8:0001:0002::', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['', 'unknown'],
  ['a client’s own text', 'unknown'],
  ['x'.repeat(1000), 'unknown'],
])('the network of %j is %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
