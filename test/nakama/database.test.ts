import { localcache, nkWith, thrownBy } from '../../kit/match/nk.ts';
import { askDatabase } from '../../src/nakama/database.ts';

const SILENT = new Error('the database does not answer');

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const after = (ms: number) => jest.setSystemTime(Date.now() + ms);

/** A question that is still open while `meanwhile` happens in other VMs. */
function whileOpen<T>(nk: nkruntime.Nakama, meanwhile: () => T): T {
  return askDatabase(nk, meanwhile);
}

test('gives what the database answers, and passes its errors on', () => {
  const nk = nkWith(localcache());
  const error = new Error('no connection');
  expect(askDatabase(nk, () => 'answer')).toBe('answer');
  expect(
    thrownBy(() =>
      askDatabase(nk, () => {
        throw error;
      }),
    ),
  ).toBe(error);
  expect(askDatabase(nk, () => 'answer')).toBe('answer');
});

test('asks while another question is open for less than a second, and no more after it', () => {
  const nk = nkWith(localcache());
  whileOpen(nk, () => {
    after(999);
    expect(whileOpen(nk, () => 'asked')).toBe('asked');
  });
  whileOpen(nk, () => {
    after(1000);
    expect(thrownBy(() => askDatabase(nk, () => 'asked'))).toEqual(SILENT);
  });
});

test('asks again as soon as an open question is answered', () => {
  const nk = nkWith(localcache());
  whileOpen(nk, () => after(20_000));
  expect(askDatabase(nk, () => 'asked')).toBe('asked');
});

test('lets one in half a minute ask all the same', () => {
  const nk = nkWith(localcache());
  whileOpen(nk, () => {
    after(30_000);
    whileOpen(nk, () => {
      expect(thrownBy(() => askDatabase(nk, () => 'asked'))).toEqual(SILENT);
    });
  });
});
