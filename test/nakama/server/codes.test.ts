import { localcache, nkWith, signing } from '../../../kit/match/nk.ts';
import { matchWithCode, newSign, rememberCode } from '../../../src/nakama/server/codes.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

beforeEach(() => jest.useFakeTimers({ now: 1_000_000 }));
afterEach(() => jest.useRealTimers());

/** Whose random bytes are all alike, one such lot after the other; Nakama's index has what is listed. */
function nkOf(lots: readonly number[], listed: readonly string[] = []) {
  let asked = 0;
  const secureRandomBytes = (count: number) => {
    const byte = lots[Math.min(asked++, lots.length - 1)] as number;
    return new Uint8Array(count).fill(byte).buffer;
  };
  const matchList = (...query: unknown[]) =>
    listed
      .filter((key) => String(query.at(-1)).endsWith(`:${key}`))
      .map((key) => ({ matchId: `match ${key}` }));
  return nkWith({ ...signing(), ...localcache(), secureRandomBytes, matchList, matchGet: () => null });
}

test('a code is not given again for a day, also when its match has ended', () => {
  const nk = nkOf([1, 1, 2, 1]);
  const first = newSign(nk);
  rememberCode(nk, first.code, 'ended');
  expect(matchWithCode(nk, first.code)).toBeNull();
  const second = newSign(nk);
  expect(second.code).not.toBe(first.code);
  jest.advanceTimersByTime(DAY_MS + 1);
  expect(newSign(nk).code).toBe(first.code);
});

test('nor while a match of another node has it', () => {
  const taken = newSign(nkOf([1]));
  const nk = nkOf([1, 2], [taken.codeKey]);
  expect(newSign(nk).code).not.toBe(taken.code);
});

test('a match of another node is found by what its label has of the code', () => {
  const { code, codeKey } = newSign(nkOf([1]));
  expect(matchWithCode(nkOf([2], [codeKey]), code)).toBe(`match ${codeKey}`);
  expect(matchWithCode(nkOf([2]), code)).toBeNull();
});
