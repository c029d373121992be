import { localcache, nkWith, thrownBy } from '../../kit/match/nk.ts';
import { createWithinBounds } from '../../src/nakama/creations.ts';
import { parseSettings } from '../../src/nakama/settings.ts';

const settings = parseSettings({ ONLINE_MATCH_WAITING_ROOMS: '2', ONLINE_MATCH_CREATIONS_PER_MINUTE: '3' });
const MINUTE_MS = 60_000;

interface Written {
  readonly userId: string;
  readonly value: { readonly creations: readonly { readonly matchId: string }[] };
  readonly version: string;
}

/** Nakama's storage of one user, and the matches that there are with their phases. */
class Storage {
  readonly phases = new Map<string, string>();
  readonly written: Written[] = [];
  rivals = 0;

  readonly nk = nkWith({
    ...localcache(),
    matchGet: (id: string) => {
      const phase = this.phases.get(id);
      return phase === undefined ? null : { label: `{"kind":"online_match","phase":"${phase}"}` };
    },
    storageRead: () => {
      const last = this.written.at(-1);
      return last
        ? [{ value: JSON.parse(JSON.stringify(last.value)), version: `${this.written.length}` }]
        : [];
    },
    storageWrite: ([record]: [Written]) => {
      const current = this.written.length === 0 ? '*' : `${this.written.length}`;
      if (this.rivals-- > 0 || record.version !== current)
        throw new Error('Storage write rejected - version check failed.');
      this.written.push(record);
    },
  });

  create(phase = 'waiting'): string {
    return createWithinBounds(this.nk, 'user', settings, () => {
      const id = `match${this.phases.size}.node`;
      this.phases.set(id, phase);
      return id;
    });
  }

  refusal(): unknown {
    return thrownBy(() => this.create());
  }
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

test('a user may have so many rooms waiting, and more once one has players or is gone', () => {
  const storage = new Storage();
  expect([storage.create(), storage.create()]).toEqual(['match0.node', 'match1.node']);
  expect(storage.refusal()).toEqual({
    message: 'too-many-rooms: 2 matches of yours wait for a first player, join one of them',
    code: 8,
  });
  storage.phases.set('match0.node', 'gathering');
  expect(storage.create()).toBe('match2.node');
});

test('a refused call makes no match', () => {
  const storage = new Storage();
  storage.create();
  storage.create();
  storage.refusal();
  expect(storage.phases.size).toBe(2);
});

test('a user may make so many rooms within a minute, and more after it', () => {
  const storage = new Storage();
  for (let made = 0; made < 3; made++) storage.create('gathering');
  expect(storage.refusal()).toEqual({
    message: 'too-many-rooms: you made 3 matches within a minute, wait a little',
    code: 8,
  });
  jest.setSystemTime(Date.now() + MINUTE_MS - 1);
  expect(storage.refusal()).toBeDefined();
  jest.setSystemTime(Date.now() + 1);
  expect(storage.create()).toBe('match3.node');
});

test('rooms that wait count after the minute too, and what no longer counts is forgotten', () => {
  const storage = new Storage();
  storage.create();
  storage.create('gathering');
  jest.setSystemTime(Date.now() + MINUTE_MS);
  storage.create();
  expect(storage.written.at(-1)?.value.creations.map(({ matchId }) => matchId)).toEqual([
    'match0.node',
    'match2.node',
  ]);
  expect(storage.refusal()).toBeDefined();
});

test('the record is the user’s, and only the server may read or write it', () => {
  const storage = new Storage();
  storage.create();
  expect(storage.written[0]).toMatchObject({
    userId: 'user',
    permissionRead: 0,
    permissionWrite: 0,
    version: '*',
  });
});

test('a call that finds another one faster counts again, and makes its match only once', () => {
  const storage = new Storage();
  storage.rivals = 3;
  expect(storage.create()).toBe('match0.node');
  expect(storage.phases.size).toBe(1);
});

test('a call that always finds another one faster is told to try again', () => {
  const storage = new Storage();
  storage.rivals = 1000;
  expect(storage.refusal()).toEqual({ message: 'busy: too many calls at once, try again', code: 14 });
});

test('another error of the storage is passed on', () => {
  const nk = nkWith({
    ...localcache(),
    storageRead: () => [],
    storageWrite: () => {
      throw new Error('no database');
    },
  });
  expect(() => createWithinBounds(nk, 'user', settings, () => 'match.node')).toThrow('no database');
});
