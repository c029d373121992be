import { localcache, nkWith } from '../../../kit/match/nk.ts';
import { countWrongGuess, networkOf, refuseGuess } from '../../../src/nakama/server/guesses.ts';
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
